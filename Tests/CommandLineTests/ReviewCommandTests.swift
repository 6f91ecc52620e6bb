import CallModel
import FoundationEssentials
import TestSupport
import Testing

/// `clip`, and `inspect` with `--html` and `--store`, as commands.
struct ReviewCommandTests {
  private static let call = TestAudio.folder + "/interruptions-pcm16.wav"
  private static let gsm = TestAudio.folder + "/Rückruf Lyon.wav"
  private static let cut = TestAudio.folder + "/cut-customer-alaw.wav"
  let folder = TemporaryFolder()
  private var output: String { folder.path.appending(Array("out".utf8)).text }

  /// The samples of a recording as the library reads them, from one second to another.
  private func samples(_ path: String, channels: Int, _ seconds: Range<Double>) -> [Int16] {
    let all = LibrarySound.read(.init(path))
    let first = Int(seconds.lowerBound * 8000) * channels
    return Array(all[first..<min(all.count, Int(seconds.upperBound * 8000) * channels)])
  }

  // MARK: clip

  @Test func aClipHasTheSamplesOfTheRecording() throws {
    for (path, channels) in [(Self.call, 2), (Self.gsm, 1)] {
      let run = try ProgramRun.talkspurt(
        ["clip", path, "--at", "0:05.5", "--length", "2.25", "--output", output, "--quiet"])
      #expect(run.status == 0 && run.errors == "" && run.output.isEmpty)
      let expected = samples(path, channels: channels, 5.5..<7.75)
      #expect(expected.count == 18_000 * channels)
      #expect(TemporaryFolder.read(.init(output)) == WaveBytes.pcm16(expected, channels: channels))
      try FileManager.default.removeItem(atPath: output)
    }
  }

  /// The customer is cut off at 11.975 s, and is to be heard from 1.975 s on: 4 s before that is the beginning.
  @Test func aFindingIsHeardWithWhatLedToIt() throws {
    let run = try ProgramRun.talkspurt(["clip", Self.cut, "--finding", "1", "-o", output])
    #expect(run.status == 0)
    let expected = samples(Self.cut, channels: 2, 0..<11.975)
    #expect(TemporaryFolder.read(.init(output)) == WaveBytes.pcm16(expected, channels: 2))
  }

  @Test func nothingIsReplacedAndNothingIsEmpty() throws {
    folder.write([1, 2, 3], as: "out")
    let taken = try ProgramRun.talkspurt(["clip", Self.call, "--at", "1", "-o", output])
    #expect(taken.status == 1 && taken.errors.contains("is there already"))
    #expect(TemporaryFolder.read(.init(output)) == [1, 2, 3])
    let behind = try ProgramRun.talkspurt(["clip", Self.call, "--at", "1:00:00", "-o", output + "2"])
    #expect(behind.status == 1 && behind.errors.contains("ends before 1:00:00"))
    let third = try ProgramRun.talkspurt(["clip", Self.cut, "--finding", "3", "-o", output + "2"])
    #expect(third.status == 1 && third.errors.contains("2 findings, not 3"))
    #expect(!FileManager.default.fileExists(atPath: output + "2"))
  }

  @Test(arguments: [
    [], ["--at", "1", "--finding", "1"], ["--finding", "0"], ["--at", "1", "--length", "0"],
  ])
  func wrongUsageIsRefused(arguments: [String]) throws {
    #expect(try ProgramRun.talkspurt(["clip", Self.call, "-o", output] + arguments).status == 64)
  }

  // MARK: inspect --html

  private func page() throws -> String {
    String(decoding: TemporaryFolder.read(.init(output)), as: UTF8.self)
  }

  @Test func aPageHasTheSoundOnlyIfAsked() throws {
    let silent = try ProgramRun.talkspurt(["inspect", Self.cut, "--html", output])
    #expect(silent.status == 0 && silent.output.isEmpty && silent.errors == "")
    #expect(try page().contains("the customer was cut off in mid-word"))
    #expect(try !page().contains("id=\"sound\""))
    let heard = try ProgramRun.talkspurt(["inspect", Self.cut, "--html", output, "--embed-audio"])
    #expect(heard.errors == "The sound takes 0.5 MB in the page.\n")
    #expect(try page().contains("id=\"sound\""))
  }

  @Test func aRecordingThatFailsHasAPageAsWell() throws {
    let run = try ProgramRun.talkspurt(["inspect", TestAudio.folder + "/empty.wav", "--html", output])
    #expect(run.status == 1)
    #expect(try page().contains("<h1 class=\"verdict alert\">The file is empty"))
  }

  @Test(arguments: [
    ["--html", "x", call], ["--html", "x", "--format", "json"], ["--embed-audio"],
    ["--store", "x", "--agent", "left"],
  ]) func optionsThatDoNotFitAreRefused(arguments: [String]) throws {
    #expect(try ProgramRun.talkspurt(["inspect", Self.call] + arguments).status == 64)
  }

  // MARK: inspect --store

  @Test func aCallOfAStoreIsNamedByNumberOrPath() throws {
    let store = output + ".sqlite"
    let share = folder.path.appending(Array("share".utf8)).text
    try FileManager.default.createDirectory(atPath: share, withIntermediateDirectories: true)
    for name in ["/cut-customer-alaw.wav", "/empty.wav"] {
      try FileManager.default.copyItem(atPath: TestAudio.folder + name, toPath: share + name)
    }
    #expect(try ProgramRun.talkspurt(["ingest", share, "--store", store]).status == 3)
    let kept = try ProgramRun.talkspurt(["export", "--store", store, "--format", "ndjson"]).lines
    let recording = share + "/cut-customer-alaw.wav"
    for name in ["1", recording] {
      let run = try ProgramRun.talkspurt(["inspect", "--store", store, name, "--format", "json"])
      let summary = try JSONDecoder().decode(Path.self, from: Data(run.output))
      #expect(run.status == 0 && summary.recording.path == recording && kept[0].contains(recording))
    }
    let failed = try ProgramRun.talkspurt(["inspect", "--store", store, share + "/empty.wav"])
    #expect(failed.status == 1 && failed.errors.contains("The file is empty"))
    let unknown = try ProgramRun.talkspurt(["inspect", "--store", store, "77"])
    #expect(unknown.status == 1 && unknown.errors.contains("does not know 77"))

    // Without its recording, or with another one in its place, a call has its page, but no picture.
    #expect(try ProgramRun.talkspurt(["inspect", "--store", store, "1", "--html", output]).status == 0)
    #expect(try page().contains("\"picture\":{") && !page().contains("id=\"sound-note\""))
    try FileManager.default.removeItem(atPath: recording)
    try FileManager.default.copyItem(atPath: Self.call, toPath: recording)
    #expect(try ProgramRun.talkspurt(["inspect", "--store", store, "1", "--html", output]).status == 0)
    #expect(try page().contains("The file is not the recording that was analysed."))
    #expect(try !page().contains("\"picture\":{"))
  }

  private struct Path: Decodable {
    struct Recording: Decodable { let path: String }
    let recording: Recording
  }
}
