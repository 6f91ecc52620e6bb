import CallModel
import CallRecords
import Testing

@Suite struct CallTimeTests {
  @Test(arguments: [
    ("2026-01-31T09:00:00+01:00", 1_769_846_400.0), ("2026-01-31T08:00:00Z", 1_769_846_400),
    ("2026-01-31 08:00:00.250Z", 1_769_846_400.25), ("2026-01-31T0330-0430", 1_769_846_400),
    ("1769846400", 1_769_846_400), ("1769846400250", 1_769_846_400.25),
    ("Sat, 31 Jan 2026 08:00:00 +0000", 1_769_846_400),
  ]) func momentsAreRead(text: String, moment: Double) { #expect(CallTime(text) == .exact(moment)) }

  @Test func aClockWithoutAZoneIsNoMoment() {
    #expect(CallTime("2026-01-31 09:00:00") == .local(1_769_850_000))
    #expect(CallTime("2024-02-29T23:59:59") == .local(1_709_251_199))
    #expect(CallTime("1969-12-31 23:59:59") == .local(-1))
    // By another form, the same.
    #expect(CallTime("2026-01-31 09:30:00+02:00") == CallTime("2026-01-31T09:30:00.0 +0200"))
    #expect(CallTime("2026-01-31T09:30:00-03:30") == CallTime("2026-01-31 0930-0330"))
    #expect(CallTime("2026-01-31T09:30:00Z") == CallTime("2026-01-31 09:30 Z"))
    #expect(CallTime("2000-03-01 0000") == CallTime("2000-03-01 00:00:00"))
    for text in ["2026-02-29 09:00:00", "2026-13-01 09:00:00", "2026-01-31 24:00:00", "2026-01-00 09:00:00"] {
      #expect(CallTime(text) == nil)
    }
  }

  @Test(arguments: [
    "", "tomorrow", "2026-02-30 09:00:00", "2026-01-31 24:00", "12", "31 Foo 2026 08:00:00 GMT",
  ])
  func whatIsNoTimeIsNil(text: String) { #expect(CallTime(text) == nil) }

  @Test func theClockShowsAnHourTwiceInOctoberAndNeverInMarch() throws {
    let berlin = try #require(WallClock("Europe/Berlin"))
    func moments(_ text: String) -> [String] {
      guard case .local(let local) = CallTime(text) else { return [] }
      return berlin.moments(showing: local).map(berlin.text)
    }
    #expect(moments("2026-10-25 02:30:00") == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"])
    #expect(moments("2026-10-25 01:59:59") == ["2026-10-25T01:59:59+02:00"])
    #expect(moments("2026-10-25 03:00:00") == ["2026-10-25T03:00:00+01:00"])
    #expect(moments("2026-03-29 02:30:00") == [])
    #expect(moments("2026-03-29 03:00:00") == ["2026-03-29T03:00:00+02:00"])
    #expect(moments("2026-07-01 12:00:00") == ["2026-07-01T12:00:00+02:00"])
    let half = try #require(WallClock("Australia/Lord_Howe"))  // half an hour of summer time
    guard case .local(let local) = CallTime("2026-04-05 01:45:00") else { return #expect(Bool(false)) }
    #expect(half.moments(showing: local).count == 2)
    #expect(WallClock("Europe/Nowhere") == nil)
  }
}
