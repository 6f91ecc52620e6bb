/// Telephone numbers as recorders write them, brought to one form so that they can be compared.
///
/// Only prefixes are known here, not number plans: whether a number exists or is a mobile number is not
/// known. A region that is not in the table leaves national numbers as they are.
public struct PhoneNumber: Sendable, Hashable {
  /// E.164 as in `+493012345678` where the number could be completed, otherwise the digits as they came.
  public let text: String
  /// Whether `text` is E.164.
  public let isInternational: Bool

  /// Reads a number: `+49 (30) 123-456`, `004930…`, `030…`, `sip:+4930…@host`, `"Name" <030…>`. `region` is
  /// where national numbers belong, by ISO 3166 as in `DE`. Nil for what has no digits, as `anonymous`.
  public init?(_ raw: String, region: String?) {
    var number = Substring(raw)
    if let open = number.lastIndex(of: "<") { number = number[number.index(after: open)...] }
    for scheme in ["sip:", "sips:", "tel:"] where number.lowercased().hasPrefix(scheme) {
      number = number.dropFirst(scheme.count)
    }
    number = number.prefix { !"@;>".contains($0) }
    // `+49 (0)30` has the trunk prefix for national callers.
    let isPlus = number.drop { !$0.isASCIIDigit && $0 != "+" }.first == "+"
    let plain = isPlus ? String(number).replacing("(0)", with: "") : String(number)
    guard plain.allSatisfy({ $0.isASCIIDigit || "+()-./ *#".contains($0) }) else { return nil }
    let digits = plain.filter(\.isASCIIDigit)
    guard !digits.isEmpty else { return nil }

    let plan = region.flatMap { Self.plans[$0.uppercased()] }
    let international: String? =
      if isPlus {
        digits
      } else if let plan, let prefix = plan.international.first(where: digits.hasPrefix) {
        String(digits.dropFirst(prefix.count))
      } else if plan == nil, digits.hasPrefix("00") {
        String(digits.dropFirst(2))
      } else if let plan, digits.count >= plan.shortest {
        Self.withCode(digits, plan)
      } else {
        nil
      }
    if let international, 7...15 ~= international.count, international.first != "0" {
      (text, isInternational) = ("+" + international, true)
    } else {
      (text, isInternational) = (digits, false)
    }
  }

  /// Whether it is an extension: at most six digits.
  public var isExtension: Bool { !isInternational && text.count <= 6 }

  /// The regions whose prefixes are known, by ISO 3166.
  public static var regions: [String] { plans.keys.sorted() }

  /// A national number with the country's code before it.
  private static func withCode(_ digits: String, _ plan: Plan) -> String? {
    if let trunk = plan.trunk, digits.hasPrefix(trunk) {
      return plan.code + (plan.keepsTrunk ? digits : String(digits.dropFirst(trunk.count)))
    }
    // Exchanges write numbers in full without the plus, too: 4930… has more digits than any without a prefix.
    if digits.hasPrefix(plan.code), digits.count - plan.code.count >= plan.shortest { return digits }
    return plan.trunk == nil || plan.isOptional ? plan.code + digits : nil
  }

  /// The dialling prefixes of a country.
  private struct Plan: Sendable {
    var code: String
    var trunk: String?
    /// The minimum length of national numbers, without the trunk prefix.
    var shortest = 7
    var international = ["00"]
    /// The first zero is part of the number abroad as well.
    var keepsTrunk = false
    /// National numbers are dialled without the trunk prefix, too.
    var isOptional = false
  }

  /// ITU-T E.164 assigned codes; trunk and international prefixes as in ITU-T's list of dialling procedures.
  private static let plans: [String: Plan] = {
    var plans: [String: Plan] = [:]
    for (regions, code) in [
      ("AT", "43"), ("BE", "32"), ("BG", "359"), ("CH", "41"), ("DE", "49"), ("FI", "358"), ("FR", "33"),
      ("GB", "44"), ("HR", "385"), ("IE", "353"), ("IN", "91"), ("MY", "60"), ("NL", "31"), ("NZ", "64"),
      ("PH", "63"), ("RO", "40"), ("RS", "381"), ("SE", "46"), ("SI", "386"), ("SK", "421"), ("TR", "90"),
      ("UA", "380"), ("ZA", "27"), ("AE", "971"), ("IL", "972"), ("CN", "86"), ("EG", "20"),
    ] { plans[regions] = Plan(code: code, trunk: "0") }
    for (region, code, shortest) in [
      ("CY", "357", 8), ("CZ", "420", 9), ("DK", "45", 8), ("EE", "372", 7), ("ES", "34", 9),
      ("GR", "30", 10),
      ("IS", "354", 7), ("LU", "352", 7), ("LV", "371", 8), ("MT", "356", 8), ("NO", "47", 8),
      ("PL", "48", 9),
      ("PT", "351", 9),
    ] { plans[region] = Plan(code: code, trunk: nil, shortest: shortest) }
    for region in ["US", "CA", "PR", "DO", "JM"] {
      plans[region] = Plan(code: "1", trunk: "1", shortest: 10, international: ["011"], isOptional: true)
    }
    plans["IT"] = Plan(code: "39", trunk: "0", shortest: 9, keepsTrunk: true, isOptional: true)
    plans["HU"] = Plan(code: "36", trunk: "06", shortest: 8)
    plans["RU"] = Plan(code: "7", trunk: "8", shortest: 10, international: ["810"])
    plans["KZ"] = Plan(code: "7", trunk: "8", shortest: 10, international: ["810"])
    plans["AU"] = Plan(code: "61", trunk: "0", international: ["0011"])
    plans["JP"] = Plan(code: "81", trunk: "0", international: ["010"])
    plans["KR"] = Plan(code: "82", trunk: "0", international: ["001", "002"])
    plans["BR"] = Plan(code: "55", trunk: "0", shortest: 10, isOptional: true)
    plans["MX"] = Plan(code: "52", trunk: nil, shortest: 10)
    plans["SG"] = Plan(code: "65", trunk: nil, shortest: 8, international: ["001", "00"])
    plans["HK"] = Plan(code: "852", trunk: nil, shortest: 8, international: ["001", "00"])
    return plans
  }()
}
