import CallModel
import CallWork
import FaultyDecoder
import TestSupport
import Testing

/// `talkspurt worker` alone, and recordings that crash the workers of `analyze` and `ingest`.
@Suite struct WorkerTests {
  let folder = TemporaryFolder()
  private let worker = ["worker", "--protocol", "1", "--no-landmarks"]

  private func write(_ name: String, first samples: [Int16] = []) -> String {
    folder.write(WaveBytes.pcm16(samples + WaveBytes.noise(8_000).map { $0 / 16 }), as: name).text
  }

  private func mark(_ fault: fault) -> [Int16] {
    [Int16(FAULT_MARK_A), Int16(FAULT_MARK_B), Int16(fault.rawValue)]
  }

  private let faulty = [
    "LD_PRELOAD=\(ProgramRun.testFolder)/libFaultyDecoder.so", "TALKSPURT_READING_PATIENCE_S=1",
  ]

  @Test func aWorkerSaysWhoItIsAndEndsWithItsInput() throws {
    let run = try ProgramRun.talkspurt(worker)
    #expect(run.status == 0 && run.errors == "")
    #expect(run.lines.count == 1)
    #expect(run.lines[0].hasPrefix(#"{"protocol":1,"settings_hash":""#))
    let other = try ProgramRun.talkspurt(worker + ["--agent", "right"])
    #expect(other.lines[0].hasPrefix(#"{"protocol":1,"#) && other.lines != run.lines)
    #expect(try ProgramRun.talkspurt(["worker", "--protocol", "2"]).status == 64)
    #expect(try ProgramRun.talkspurt(["worker"]).status == 64)
  }

  @Test func eachLineGivesARow() throws {
    let (first, second) = (write("a.wav"), write("b.wav", first: [1]))
    let items = [
      #"{"id":"one","path":"\#(first)","size":1,"meta":{"queue":"x"}}"#, "rubbish", "",
      #"{"id":3}"#, String(repeating: "x", count: 300_000), #"{"id":2,"path":"/nowhere.wav"}"#,
      #"{"id":4,"path":"\#(second)"}"#,
    ]
    let rows = try ProgramRun.talkspurt(worker, input: items.joined(separator: "\n")).lines.dropFirst()
    let calls = try ProgramRun.talkspurt(["analyze", first, second]).lines
    #expect(rows.count == 7)
    #expect(rows.first == #"{"call":\#(calls[0]),"id":"one","status":"ok"}"#)
    #expect(rows.last == #"{"call":\#(calls[1]),"id":4,"status":"ok"}"#)
    for row in rows.dropFirst().prefix(4) {
      #expect(row.hasSuffix(#""id":null,"status":"unreadable"}"#))
    }
    #expect(rows.dropLast().last?.hasSuffix(#""id":2,"status":"unreadable"}"#) == true)
  }

  @Test(.enabled(if: Confinement.landlockVersion != nil)) func aWorkerReadsItsSharesOnly() throws {
    let inside = folder.makeFolder("share").text
    let (allowed, forbidden) = (write("share/a.wav"), write("b.wav"))
    let run = try ProgramRun.talkspurt(
      worker + ["--share", inside],
      input: [allowed, forbidden].map { #"{"id":1,"path":"\#($0)"}"# }.joined(separator: "\n"))
    #expect(run.lines[1].hasSuffix(#""status":"ok"}"#))
    #expect(run.lines[2].contains("Permission denied"))
  }

  /// A decoder that was taken over finds nothing to read but the share, nothing to write, to reach or to run.
  @Test(.enabled(if: Confinement.landlockVersion != nil)) func aWorkerCannotGetOut() throws {
    let path = write("a.wav", first: mark(FAULT_ESCAPE))
    let inWorker = try ProgramRun.talkspurt(["analyze", path], environment: faulty)
    #expect(inWorker.status == 0 && inWorker.lines.first?.contains("talkspurt.call/1") == true)
    // Without a worker it gets out, or this test would show nothing.
    #expect(try ProgramRun.talkspurt(["analyze", "--in-process", path], environment: faulty).output.isEmpty)
  }

  /// The worker's input stays open: only the end of its parent can end it.
  @Test func aWorkerEndsWithItsParent() throws {
    let run = try ProgramRun.shell(
      """
      cd "$1" && mkfifo items && exec 9<>items
      sh -c '"$0" worker --protocol 1 <items >rows & echo $! >process
             while ! grep -q protocol rows; do sleep 0.1; done' "$0"
      while kill -0 "$(cat process)" 2>/dev/null && [ "$(cut -d" " -f3 "/proc/$(cat process)/stat")" != Z ]; do sleep 0.1; done
      """, folder.path.text)
    #expect(run.status == 0)
  }

  @Test func workersGiveTheBytesOfOneProcess() throws {
    for index in 0..<12 { _ = write("\(index).wav", first: [Int16(index)]) }
    folder.write(Array("none".utf8), as: "none.wav")
    let expected = try ProgramRun.talkspurt(["analyze", "--in-process", folder.path.text])
    #expect(expected.status == 3 && expected.lines.count == 13)
    for jobs in ["1", "2"] {
      let run = try ProgramRun.talkspurt(["analyze", "--jobs", jobs, folder.path.text])
      #expect(run.output == expected.output && run.status == 3)
    }
  }

  /// Ten recordings, among them one for each fault: the others are analysed, in their order, and the next run does not
  /// touch what crashed.
  @Test func aPoisonedShareIsDone() throws {
    let share = folder.makeFolder("share").text
    let faults: [(fault, String)] = [
      (FAULT_ABORT, "crashed"), (FAULT_SEGMENTATION, "crashed"), (FAULT_ENDLESS_LOOP, "timeout"),
      (FAULT_20_GIB, "crashed"), (FAULT_RUBBISH, "crashed"), (FAULT_CLOSED_OUTPUT, "crashed"),
    ]
    for (index, (fault, _)) in faults.enumerated() {
      _ = write("share/\(10 + 2 * index).wav", first: mark(fault))
      _ = write("share/\(11 + 2 * index).wav", first: [Int16(index)])
    }
    let run = try ProgramRun.talkspurt(["analyze", "--jobs", "2", share], environment: faulty)
    #expect(run.status == 3 && run.lines.count == 12)
    for (line, (_, code)) in zip(stride(from: 0, to: 12, by: 2).map { run.lines[$0] }, faults) {
      #expect(line.contains(#""code":"\#(code)""#))
    }
    #expect(run.lines.count { $0.contains("talkspurt.call/1") } == 6)

    let store = folder.path.text + "/calls.sqlite"
    for sentence in ["6 analysed, 0 unchanged, 6 failed\n", "0 analysed, 6 unchanged, 6 failed before\n"] {
      let night = try ProgramRun.talkspurt(["ingest", share, "--store", store], environment: faulty)
      #expect(night.errors.hasSuffix(sentence))
    }
    let kept = try ProgramRun.talkspurt(["export", "--store", store, "--format", "ndjson"])
    #expect(kept.output == run.output)
  }
}
