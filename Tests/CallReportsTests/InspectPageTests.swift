import CallModel
import CallReports
import TestSupport
import Testing

@Suite struct InspectPageTests {
  static let plain = PageStyle(unicode: true, colour: false)
  static let ascii = PageStyle(unicode: false, colour: false)

  @Test func pagesAreAsTheyWere() throws {
    #expect(try snapshotDifference(inspectPage(Sample.badCall, style: Self.plain), "bad-call.txt") == nil)
    #expect(
      try snapshotDifference(inspectPage(Sample.badCall, style: Self.ascii), "bad-call-ascii.txt") == nil)
    #expect(try snapshotDifference(inspectPage(Sample.mono, style: Self.plain), "mono.txt") == nil)
    #expect(try snapshotDifference(failureSentence(Sample.failure, style: Self.plain), "failure.txt") == nil)
  }

  @Test(arguments: [0, 0.001, 0.4, 1, 2.5, 9, 59, 61, 245.38, 599, 3599, 3601, 7200, 28_800, 43_200, 1e6])
  func noLineIsWiderThanATerminal(duration: Double) {
    for style in [Self.plain, Self.ascii] {
      let call = Sample.stereo(
        duration: duration, path: String(repeating: "very/long folder/", count: 20) + "a.wav")
      let page = inspectPage(call, style: style)
      for line in page.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
      #expect(page.contains("a.wav"))
    }
  }

  @Test func everyCodeFitsAndReads() {
    for kind in Ending.Kind.allCases {
      for party in [nil, Party.agent, .customer] {
        var call = Sample.badCall
        call.ending = Ending(
          kind: kind, abrupt: true, cutParty: party, confidence: 0.5, evidence: ["a", "b"])
        call.findings = Finding.Code.allCases.map {
          Finding($0, .notice, start: 1, end: 2, message: String(repeating: "long words ", count: 20))
        }
        call.events = CallEvent.Kind.allCases.map {
          CallEvent($0, start: 100, end: 110, by: party, leg: party)
        }
        let page = inspectPage(call, style: Self.plain)
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 })
        #expect(page.contains(kind == .unknown ? "How the call ended is unknown" : "Evidence suggests"))
      }
    }
  }

  @Test func withoutUTF8OnlyASCIIIsWritten() {
    var call = Sample.stereo(duration: 245.38, path: "Gespräch/通話.wav")
    call.findings[0].message = "Straße … 🙂"
    call.ending.evidence = ["é"]
    let page = inspectPage(call, style: Self.ascii)
    #expect(page.utf8.allSatisfy { $0 < 0x80 })
    #expect(page.contains(#"Gespr\u{E4}ch"#))
    #expect(failureSentence(Sample.failure, style: Self.ascii).utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func namesCannotDriveTheTerminal() {
    let path = "a\u{1B}[31m\u{202E}b\nc\u{85}\u{2028}\u{200B}.wav"
    var call = Sample.stereo(duration: 60, path: path)
    call.findings[0].message = "x\u{7}\u{1B}]0;title\u{7}"
    call.recording.encoding = "\u{1B}c"
    call.notMeasured = [NotMeasured(field: "a\u{1B}b", reason: "c\u{1B}d")]
    let page = inspectPage(call, style: Self.plain)
    let unsafe = page.unicodeScalars.filter {
      $0 != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
    }
    #expect(unsafe.isEmpty)
    #expect(page.hasPrefix(#"a\u{1B}[31m\u{202E}b\nc\u{85}\u{2028}\u{200B}.wav "#))
    let failure = CallFailure(path: RecordingPath(path), code: .empty, message: "No\nsamples.")
    #expect(!failureSentence(failure, style: Self.plain).unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func wideCharactersCountTwice() {
    let page = inspectPage(
      Sample.stereo(duration: 60, path: String(repeating: "通話", count: 60) + ".wav"), style: Self.plain)
    let name = page.split(separator: "\n")[0]
    #expect(name.count < 50)
    #expect(name.hasPrefix("…") && name.hasSuffix("  1:00"))
  }

  @Test func colourChangesNothingButColour() {
    let painted = inspectPage(Sample.badCall, style: PageStyle(unicode: true, colour: true))
    let stripped = painted.replacing(#/\u{1B}\[[0-9;]*m/#, with: "")
    #expect(painted != stripped)
    func lines(_ page: String) -> [String] {
      page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var line = line
        while line.last == " " { line.removeLast() }
        return String(line)
      }
    }
    #expect(lines(stripped) == lines(inspectPage(Sample.badCall, style: Self.plain)))
  }

  // MARK: The timeline

  @Test func theTimelineDrawsTalkWhereItIs() {
    var call = Sample.stereo(duration: 66)
    call.parties.agent.talkspurts = [TimeRange(0, 10), TimeRange(20.5, 21), TimeRange(65, 66)]
    call.parties.customer.talkspurts = []
    var lines = inspectPage(call, style: Self.plain).split(separator: "\n")
    let blank = String(repeating: " ", count: 10)
    let quiet = String(repeating: " ", count: 44)
    #expect(lines.contains("  agent     ██████████\(blank)▅\(quiet)█"))
    #expect(lines.contains("  customer"))
    call.parties.customer.talkspurts = nil
    lines = inspectPage(call, style: Self.plain).split(separator: "\n")
    #expect(lines.contains("  customer  unknown"))
  }

  @Test func theLegendExplainsOnlyWhatIsThere() {
    var call = Sample.stereo(duration: 60)
    call.events = [CallEvent(.interruption, start: 5, end: 8, by: .agent, outcome: .failed)]
    call.ending = Ending(kind: .natural, abrupt: false, confidence: 0.9, evidence: [])
    call.findings = []
    let page = inspectPage(call, style: Self.plain)
    #expect(page.contains("A agent interrupts"))
    for absent in ["customer interrupts", "♪", "░", "ringing", "cut off", "escalation", "tones"] {
      #expect(!page.contains(absent), "\(absent)")
    }
    call.events.append(CallEvent(.interruption, start: 5.1, end: 8, by: .customer, outcome: .failed))
    #expect(inspectPage(call, style: Self.plain).contains("B both interrupt"))
  }

  @Test func whatIsUnknownIsADashWithItsReason() {
    let page = inspectPage(Sample.mono, style: Self.plain)
    let row = page.split(separator: "\n").last { $0.hasPrefix("  speech") }
    #expect(
      row?.split(separator: " ") == ["speech", "53", "s", "-", "-", "-", "-", "-24.0", "-55.5", "-", "-"])
    #expect(page.contains("6 figures (one channel carries both parties)"))
    #expect(!page.contains("customer"))
  }

  @Test func alertsComeFirstAndRolesAreSaidPlainly() {
    let page = inspectPage(Sample.badCall, style: Self.plain)
    let alert = page.firstRange(of: "3:46-3:56"), notice = page.firstRange(of: "2:51-3:10")
    #expect(alert != nil && notice != nil && alert!.lowerBound < notice!.lowerBound)
    #expect(page.contains("assumed, without evidence"))
  }
}
