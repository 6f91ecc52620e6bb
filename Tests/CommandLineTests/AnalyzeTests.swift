import CallModel
import TestSupport
import Testing

/// `talkspurt analyze` as a command: order, exit status, where paths come from.
struct AnalyzeTests {
  let folder = TemporaryFolder()

  /// Thirty recordings of different lengths and three that are none.
  func fill() {
    for index in 0..<30 {
      folder.write(WaveBytes.pcm16(WaveBytes.noise(1 + index * 7919 % 30_000)), as: "call-\(index).wav")
    }
    for index in 0..<3 { folder.write(Array("none".utf8), as: "call-1\(index)-none.wav") }
  }

  @Test func everyNumberOfJobsGivesTheSameBytes() throws {
    fill()
    let one = try ProgramRun.talkspurt(["analyze", "--jobs", "1", folder.path.text])
    #expect(one.lines.count == 33)
    #expect(one.status == 3)
    #expect(one.errors == "")
    for jobs in ["2", "8"] {
      let many = try ProgramRun.talkspurt(["analyze", "--jobs", jobs, folder.path.text])
      #expect(many.output == one.output)
      #expect(many.status == 3)
    }
    #expect(try ProgramRun.talkspurt(["analyze", folder.path.text]).output == one.output)
  }

  @Test func rowsComeInTheOrderOfTheInput() throws {
    let paths = (1...5).map {
      folder.write(WaveBytes.pcm16(WaveBytes.noise(60_000 / $0)), as: "\($0).wav").text
    }
    let input = [paths[4], paths[0], paths[2], paths[0]]
    let lines = try ProgramRun.talkspurt(["analyze"] + input).lines
    #expect(lines.count == 4)
    for (line, path) in zip(lines, input) { #expect(line.contains("\"path\":\"\(path)\"")) }
    let listed = try ProgramRun.talkspurt(
      ["analyze", "--files-from", "-"], input: input.joined(separator: "\n"))
    #expect(listed.lines == lines)
    let ended = try ProgramRun.talkspurt(
      ["analyze", "--files-from", "-", "--null"], input: input.map { $0 + "\0" }.joined())
    #expect(ended.lines == lines)
    let list = folder.write(Array(input.joined(separator: "\n").utf8), as: "list").text
    #expect(try ProgramRun.talkspurt(["analyze", "--files-from", list]).lines == lines)
  }

  @Test func namesThatDifferOnlyInBytesThatAreNoTextStayApart() throws {
    let names: [[UInt8]] = [[0x61, 0xFF], [0x61, 0xFE], [0x61, 0xC3, 0x28]]
    let paths = names.enumerated().map { index, name in
      folder.write(WaveBytes.pcm16(WaveBytes.noise(8000 * (index + 1))), as: name)
    }
    let run = try ProgramRun.talkspurt([Array("analyze".utf8)] + paths.map(\.bytes))
    #expect(run.status == 0)
    for (index, path) in paths.enumerated() {
      #expect(run.lines[index].contains("\"path_b64\":\"\(path.base64!)\""))
      #expect(run.lines[index].contains("\"duration_s\":\(index + 1),"))
    }
    let list = folder.write(Array(paths.map(\.bytes).joined(separator: [0x0A])), as: [0xF0])
    let listed = try ProgramRun.talkspurt([Array("analyze".utf8), Array("--files-from=".utf8) + list.bytes])
    #expect(listed.output == run.output)
  }

  @Test func wrongUsageIsRefusedWithAdvice() throws {
    let wrong: [[String]] = [
      [], ["--jobs", "0", "a.wav"], ["--jobs", "two", "a.wav"], ["a.wav", "--files-from", "-"],
      ["--null", "a.wav"],
      ["--no-such-option", "a.wav"],
    ]
    for arguments in wrong {
      let run = try ProgramRun.talkspurt(["analyze"] + arguments)
      #expect(run.status == 64, "\(arguments)")
      #expect(run.output.isEmpty)
      #expect(!run.errors.isEmpty)
    }
  }

  @Test func aListThatCannotBeReadEndsTheRun() throws {
    let run = try ProgramRun.talkspurt(["analyze", "--files-from", "/nowhere/list"])
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("/nowhere/list"))
    #expect(try ProgramRun.talkspurt(["analyze", "--files-from", folder.path.text]).status == 1)
  }

  @Test func anEmptyListIsNoWork() throws {
    let run = try ProgramRun.talkspurt(["analyze", "--files-from", "-"])
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
  }

  @Test func outputThatNobodyReadsEndsTheRunQuietly() throws {
    fill()
    let run = try ProgramRun.talkspurt(["analyze", folder.path.text], closedOutput: true)
    #expect(run.errors == "")
    #expect(run.status == 0)
  }

  @Test func aRecordingIsNeverWrittenTo() throws {
    let bytes = Array(WaveBytes.pcm16(WaveBytes.noise(8000)).prefix(10_001))
    let path = folder.write(bytes, as: "call.wav")
    _ = try ProgramRun.talkspurt(["analyze", path.text])
    #expect(TemporaryFolder.read(path) == bytes)
  }
}
