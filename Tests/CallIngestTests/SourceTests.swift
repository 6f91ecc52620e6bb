import CallAnalysis
import CallAudio
import CallIngest
import CallModel
import CallStore
import TestSupport
import Testing

struct SourceTests {
  private func source(_ pattern: String, _ roles: ChannelRoles = .right) -> RecordingSource {
    RecordingSource(
      RecordingPath(pattern), roles: roles,
      analysis: Analysis(version: "1", settingsHash: roles.rawValue))
  }

  @Test(arguments: [
    ("/mnt/connect/*", "/mnt/connect/2026/a.wav", true), ("/mnt/connect/*", "/mnt/connected/a.wav", false),
    ("connect/*.wav", "/mnt/connect/a.wav", true), ("connect/*.wav", "/connect/a.wav", true),
    ("connect/*.wav", "/mnt/disconnect/a.wav", false), ("*_UTC.wav", "/mnt/x_UTC.wav", true),
    ("a?.wav", "/mnt/ab.wav", true), ("a?.wav", "/mnt/abc.wav", false), ("[ab].wav", "/mnt/b.wav", true),
    ("*", "/anything", true), ("/", "/anything", false),
  ])
  func patternsAreThoseOfTheShell(pattern: String, path: String, matches: Bool) {
    #expect(source(pattern).matches(RecordingPath(path)) == matches)
  }

  @Test func patternsAreHeldAgainstBytes() {
    let path = RecordingPath(bytes: Array("/mnt/caf".utf8) + [0xE9] + Array(".wav".utf8))
    #expect(source("/mnt/caf?.wav").matches(path))
    #expect(!source("/mnt/caf??.wav").matches(path))
  }

  @Test func aRelativePathLiesInTheWorkingFolder() {
    #expect(source("/*/b.wav").matches(RecordingPath("b.wav")))
    #expect(!source("/b.wav").matches(RecordingPath("b.wav")))
  }

  private func options(_ sources: RecordingSource...) -> PipelineOptions {
    PipelineOptions(
      settings: AnalysisSettings(), limits: ReadingLimits(), roles: .left,
      analysis: Analysis(version: "1", settingsHash: "left"), sources: sources)
  }

  @Test func theFirstSourceThatMatchesDecides() {
    let options = options(source("/a/*"), source("/a/b/*", .auto), source("*", .auto))
    #expect(options.decided(for: RecordingPath("/a/b/c.wav")).roles == .right)
    #expect(options.decided(for: RecordingPath("/b/c.wav")).analysis.settingsHash == "auto")
    #expect(self.options().decided(for: RecordingPath("/b/c.wav")).roles == .left)
  }

  @Test func aSourceGivesTheRolesAndOnlyItsCallsAreAnalysedAgain() throws {
    let folder = TemporaryFolder()
    folder.makeFolder("share")
    for (index, name) in ["share/in-1.wav", "share/in-2.wav", "share/out-1.wav"].enumerated() {
      let noise = WaveBytes.noise(16_000 + 2 * index).map { $0 / 16 }
      folder.write(WaveBytes.pcm16(noise, channels: 2), as: name)
    }
    let store = try CallStore(at: folder.path.text + "/calls.sqlite")
    let share = folder.path.appending(Array("share".utf8))
    func analysed(_ options: PipelineOptions) throws -> Int {
      try ingest([share], into: store, options: options, jobs: 1).counts.analysed
    }
    #expect(try analysed(options()) == 3)
    #expect(try analysed(options(source("in-*"))) == 2)
    #expect(try analysed(options(source("in-*"))) == 0)
    #expect(try analysed(options(source("in-*"), source("*", .left))) == 0)
    var channels: [String: Int?] = [:]
    try store.forEachRecording(in: Selection()) { recording in
      if case .analysed(let call) = try recording.outcome() {
        #expect(call.roles == Roles(source: .given, confidence: 1))
        channels[RecordingPath(call.recording.path).name.text] = call.parties.agent.channel
      }
    }
    #expect(channels == ["in-1.wav": 1, "in-2.wav": 1, "out-1.wav": 0])
  }
}
