import CallRecords
import Testing

@Suite struct PhoneNumberTests {
  @Test(arguments: [
    ("+49 (30) 123-4567", "DE", "+49301234567"), ("+49 (0)30 1234567", "DE", "+49301234567"),
    ("0049301234567", "DE", "+49301234567"), ("0301234567", "DE", "+49301234567"),
    ("49301234567", "DE", "+49301234567"), ("sip:+49301234567@pbx.example", "DE", "+49301234567"),
    ("\"Meier\" <0301234567>", "DE", "+49301234567"), ("tel:030/1234567", "de", "+49301234567"),
    ("02125551234", "IT", "+3902125551234"), ("3912345678", "IT", "+393912345678"),
    ("2125551234", "US", "+12125551234"), ("12125551234", "US", "+12125551234"),
    ("011 44 20 7946 0958", "US", "+442079460958"), ("020 7946 0958", "GB", "+442079460958"),
    ("612345678", "ES", "+34612345678"), ("89121234567", "RU", "+79121234567"),
    ("0612345678", "FR", "+33612345678"), ("0651234567", "HU", "+3651234567"),
  ]) func numbersComeToOneForm(raw: String, region: String, number: String) {
    #expect(PhoneNumber(raw, region: region)?.text == number)
  }

  @Test func whatCannotBeToldStaysAsItIs() {
    #expect(PhoneNumber("0301234567", region: nil)?.text == "0301234567")
    #expect(PhoneNumber("0301234567", region: "XX")?.isInternational == false)
    #expect(PhoneNumber("201", region: "DE")?.isExtension == true)
    #expect(PhoneNumber("+123", region: "DE")?.isInternational == false)
    #expect(PhoneNumber("+1234567890123456", region: "DE")?.isInternational == false)
    for none in ["anonymous", "", "restricted", "CLIR 12", "<>"] {
      #expect(PhoneNumber(none, region: "DE") == nil, "\(none)")
    }
  }

  @Test func oneFormStaysOneForm() throws {
    for region in PhoneNumber.regions {
      let number = try #require(PhoneNumber("+49301234567", region: region))
      #expect(number.text == "+49301234567" && PhoneNumber(number.text, region: region) == number)
    }
  }
}
