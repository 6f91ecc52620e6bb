import CallModel
import FoundationEssentials
import TestSupport
import Testing

@testable import CallReview

struct CallPageTests {
  private func page(_ call: CallSummary, sound: PageSound? = nil) throws -> String {
    var text = ""
    try CallPage(call, sound: sound).write { text += $0 }
    return text
  }

  /// What stands in the element with this id.
  private func content(_ id: String, of page: String) throws -> String {
    let start = try #require(page.firstRange(of: "id=\"\(id)\">"))
    let rest = page[start.upperBound...]
    return String(rest[..<(try #require(rest.firstRange(of: "</script>")).lowerBound)])
  }

  private func sound(_ samples: [Int16], given: Int, isEmbedded: Bool = true) -> PageSound {
    var meter = PeakMeter(sampleRate: 8000, channels: 2, drawn: [1, 0], frames: samples.count / 2)
    meter.consume(samples.span)
    let source: PageSound.Source = { body in
      for first in stride(from: 0, to: given, by: 14) {
        try body(Array(samples[first..<min(first + 14, given)]).span)
      }
    }
    return PageSound(
      peaks: meter.finish(), taken: [1, 0], channels: 2, frames: samples.count / 2,
      source: isEmbedded ? source : nil)
  }

  // MARK: What a script reads

  @Test func theDataAreTheSummaryAndThePicture() throws {
    let samples = WaveBytes.noise(800)
    let json = try content("data", of: page(.sample(), sound: sound(samples, given: 800)))
    struct Read: Decodable {
      let schema: String
      let call: CallSummary
      let voices: [String]
      let places: [Int]
    }
    let data = try JSONDecoder().decode(Read.self, from: bytes(json))
    #expect(data.schema == "talkspurt.page/1" && data.call == .sample())
    #expect(data.voices == ["agent", "customer"] && data.places == [0, 1])
    #expect(json.contains("\"sound_channels\":2"))
    let peaks = sound(samples, given: 800).peaks.data
    let picture = Data(peaks).base64EncodedString()
    #expect(json.contains("\"picture\":{\"channels\":2,\"data\":\"\(picture)\",\"stretch_s\":0.01}"))
  }

  private func bytes(_ text: String) -> Data { Data(text.utf8) }

  /// The sound of the page is a WAV with the channels that were taken, in their order; what its source lacks is silence.
  @Test(arguments: [800, 514, 0]) func theSoundIsAWave(given: Int) throws {
    let samples = WaveBytes.noise(800)
    let sound = sound(samples, given: given)
    let base64 = try content("sound", of: page(.sample(), sound: sound))
    #expect(base64.utf8.count == sound.embeddedBytes)
    let bytes = try #require(Data(base64Encoded: base64))
    let exchanged = (0..<800).map { index in
      index ^ 1 < given ? samples[index ^ 1] : 0
    }
    #expect(Array(bytes) == WaveBytes.pcm16(exchanged, channels: 2))
  }

  @Test func withoutTheSoundNoneIsThere() throws {
    let page = try page(.sample(), sound: sound(WaveBytes.noise(80), given: 80, isEmbedded: false))
    #expect(!page.contains("id=\"sound\""))
    #expect(try content("data", of: page).contains("\"sound_channels\":0"))
  }

  // MARK: What a browser may do

  @Test func thePolicyNamesTheScriptAndTheStyle() throws {
    let page = try page(.sample())
    let policy = PageFiles.policy(withScript: true)
    #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
    #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("data:"))
    #expect(page.contains("<style>\(PageFiles.style)</style>"))
    #expect(page.contains("<script type=\"module\">\(PageFiles.script)</script>"))
    #expect(
      !failurePage(CallFailure(path: RecordingPath("x"), code: .empty, message: "y")).contains("script"))
  }

  /// Modules are put together by their lines: one that a browser would take otherwise breaks the page.
  @Test func noLineOfTheScriptIsLeftOver() {
    #expect(!PageFiles.script.contains("</"))
    #expect(!PageFiles.style.contains("</"))
    for line in PageFiles.script.split(separator: "\n") {
      #expect(!line.contains("import(") && !line.hasPrefix("export"), "\(line)")
      #expect(!line.hasPrefix("} from"), "an import takes one line: \(line)")
    }
  }

  // MARK: Text from outside

  private func hostile(_ text: String) -> CallSummary {
    let finding = Finding(.deadAir, .alert, start: 1, end: 2, message: text)
    var call = CallSummary.sample(RecordingPath("calls/\(text).wav"), findings: [finding])
    call.recording.container = text
    call.recording.encoding = text
    call.ending.evidence = [text]
    call.notMeasured = [NotMeasured(field: text, reason: text)]
    call.metadata = CallMetadata(
      fields: [.queue: .init(text, from: .sidecar), .agent: .init(text, from: .sidecar)],
      conflicts: [.init(.queue, .init(text, from: .name), against: .init(text, from: .sidecar), text)])
    return call
  }

  private func count(_ bytes: String, in text: String) -> [Int] {
    bytes.utf8.map { byte in text.utf8.count { $0 == byte } }
  }

  /// How often each byte stands in a page outside of its JSON, which has its own test.
  private func markup(_ page: String) throws -> [Int] {
    let characters = "<>\"'"
    return zip(count(characters, in: page), count(characters, in: try content("data", of: page))).map(-)
  }

  @Test(arguments: Attack.all) func noAttackIsMarkup(attack: Attack) throws {
    let hostile = try page(hostile(attack.text)), plain = try page(self.hostile("x"))
    #expect(try markup(hostile) == markup(plain))
    let failure = CallFailure(path: RecordingPath(attack.text), code: .malformed, message: attack.text)
    let other = CallFailure(path: RecordingPath("x"), code: .malformed, message: "x")
    #expect(count("<>\"'", in: failurePage(failure)) == count("<>\"'", in: failurePage(other)))
  }

  @Test(arguments: Attack.all) func theDataStayWithinTheirElement(attack: Attack) throws {
    let json = try content("data", of: page(hostile(attack.text)))
    for character in ["<", ">", "&", "\u{2028}", "\u{2029}"] { #expect(!json.contains(character)) }
    struct Read: Decodable { let call: CallSummary }
    let read = try JSONDecoder().decode(Read.self, from: bytes(json)).call
    let text = read.findings[0].message
    #expect(Array(text.unicodeScalars) == Array(attack.text.unicodeScalars))
  }
}
