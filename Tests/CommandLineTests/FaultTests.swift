import CallModel
import CallStore
import Foundation
import TestSupport
import Testing

/// A share of short recordings that are all sound, and the program run over it where disks, mounts and clocks fail.
private struct Night {
  let folder = TemporaryFolder()
  let count: Int
  var path: String { folder.path.text }
  var share: String { path + "/share" }
  var store: String { path + "/store/night.sqlite" }

  init(_ count: Int) {
    self.count = count
    folder.makeFolder("share")
    folder.makeFolder("store")
    let noise = WaveBytes.noise(4_000).map { $0 / 16 }
    for index in 0..<count {
      folder.write(WaveBytes.pcm16([Int16(index)] + noise, channels: 2), as: "share/\(1000 + index).wav")
    }
  }

  func ingest(_ more: String...) throws -> ProgramRun {
    try ProgramRun.talkspurt(["ingest", share, "--store", store] + more)
  }

  func export() throws -> ProgramRun {
    try ProgramRun.talkspurt(["export", "--store", store, "--format", "ndjson"])
  }

  /// Expects that another run makes the store whole.
  func expectToGoOn() throws {
    #expect(try ingest().status == 0)
    let calls = try CallStore(reading: store)
    try calls.check(thoroughly: true)
    calls.close()
    #expect(try export().output == ProgramRun.talkspurt(["analyze", share]).output)
    #expect(try ingest().errors == "0 analysed, \(count) unchanged\n")
  }
}

/// Whether a program can be given mounts of its own here, as root or with user namespaces.
private let hasMounts = (try? ProgramRun.shell("unshare -rm mount -t tmpfs none /mnt").status) == 0

@Suite struct FaultTests {
  /// A file that may not grow stands for a disk that refuses a write.
  @Test(arguments: [1, 64, 200, 400]) func aDiskThatRefusesAWriteEndsTheRun(kilobytes: Int) throws {
    let night = Night(60)
    let run = try ProgramRun.shell(
      "trap '' XFSZ; ulimit -f $((2 * $1)); exec \"$0\" ingest \"$2\" --store \"$3\"", "\(kilobytes)",
      night.share,
      night.store)
    #expect(run.status == 1)
    #expect(run.errors.contains("cannot be used: "))
    try night.expectToGoOn()
  }

  @Test(.enabled(if: hasMounts), arguments: [40, 200, 600]) func aFullDiskEndsTheRun(kilobytes: Int) throws {
    let night = Night(60)
    let run = try ProgramRun.shell(
      """
      exec unshare -rm sh -c '
        mount -t tmpfs -o size="$1"k none "$2/store" || exit 77
        "$0" ingest "$2/share" --store "$2/store/night.sqlite"; echo "ended with $?"
        mount -o remount,size=20m "$2/store"
        if [ "$1" -gt 100 ]; then
          "$0" export --store "$2/store/night.sqlite" --format ndjson | wc -l
        fi
        "$0" ingest "$2/share" --store "$2/store/night.sqlite"; echo "ended with $?"
        "$0" export --store "$2/store/night.sqlite" --format ndjson > "$2/calls"
      ' "$0" "$@"
      """, "\(kilobytes)", night.path)
    #expect(run.lines.first == "ended with 1" && run.lines.last == "ended with 0")
    if kilobytes > 100 { #expect(run.lines.count == 3 && Int(run.lines[1]).map { $0 < 60 } == true) }
    #expect(run.errors.contains("the disk is full; free some space and run again"))
    let expected = try ProgramRun.talkspurt(["analyze", night.share]).output
    #expect(TemporaryFolder.read(RecordingPath(night.path + "/calls")) == expected)
  }

  @Test(.enabled(if: hasMounts)) func aStoreThatCannotBeWrittenIsReadAndLeftAlone() throws {
    let night = Night(3)
    #expect(try night.ingest().status == 0)
    let expected = try night.export().output
    let run = try ProgramRun.shell(
      """
      exec unshare -rm sh -c '
        mount --bind "$1/store" "$1/store" && mount -o remount,bind,ro "$1/store" || exit 77
        "$0" export --store "$1/store/night.sqlite" --format ndjson || exit 78
        touch "$1/share/new.wav"
        "$0" ingest "$1/share" --store "$1/store/night.sqlite"
      ' "$0" "$@"
      """, night.path)
    #expect(run.status == 1)
    #expect(run.output == expected)
    #expect(run.errors.contains("cannot be used: ") && run.errors.contains("Read-only file system"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: night.path + "/store").sorted()
        == ["night.sqlite"])
  }

  /// The pipe is full before the export is at its end, and nobody reads it until the run has ended.
  @Test(.enabled(if: hasMounts)) func aReaderWithoutLeaveToWriteSeesThatARunWrote() throws {
    let night = Night(120)
    night.folder.makeFolder("view")
    #expect(try night.ingest().status == 0)
    let run = try ProgramRun.shell(
      """
      exec unshare -rm sh -c '
        mount --bind "$1/store" "$1/view" && mount -o remount,bind,ro "$1/view" || exit 77
        { "$0" export --store "$1/view/night.sqlite" --format ndjson; echo "ended with $?" >&2; } | {
          head -c 1000 > "$1/head"
          "$0" ingest "$1/share" --store "$1/store/night.sqlite" --reanalyse --quiet
          cat > "$1/tail"
        }
      ' "$0" "$@"
      """, night.path)
    #expect(run.errors.contains("a run wrote to it while it was read; read it again"))
    #expect(run.errors.hasSuffix("ended with 1\n"))
    #expect(try night.export().lines.count == 120)
  }

  @Test(.enabled(if: hasMounts)) func aShareThatCannotBeWrittenIsEnough() throws {
    let night = Night(3)
    let run = try ProgramRun.shell(
      """
      exec unshare -rm sh -c '
        mount --bind "$1/share" "$1/share" && mount -o remount,bind,ro "$1/share" || exit 77
        exec "$0" ingest "$1/share" --store "$1/store/night.sqlite"
      ' "$0" "$@"
      """, night.path)
    #expect(run.status == 0)
    #expect(run.errors == "3 analysed, 0 unchanged\n")
  }

  @Test func aShareThatIsNotMountedIsSaid() throws {
    let night = Night(3)
    #expect(try night.ingest().status == 0)
    let before = try night.export().output
    try FileManager.default.moveItem(atPath: night.share, toPath: night.path + "/away")
    let missing = try night.ingest()
    #expect(missing.status == 1 && missing.errors.contains("No such file"))
    night.folder.makeFolder("share")
    let empty = try night.ingest()
    #expect(empty.status == 1 && empty.errors.contains("is it mounted?"))
    #expect(try night.ingest("--allow-empty").status == 0)
    #expect(try night.export().output == before)
  }
}

@Suite struct UpkeepCommandTests {
  @Test func aCallIsForgottenByItsPathAsItStands() throws {
    let night = Night(3)
    _ = try night.ingest()
    let forgotten = try ProgramRun.talkspurt(
      ["forget", "--store", night.store, "./share/../share/1001.wav"], in: night.path)
    #expect(forgotten.status == 1, "steps back are not resolved, as nowhere")
    let one = try ProgramRun.talkspurt(["forget", "--store", night.store, "share/1001.wav"], in: night.path)
    #expect(one.status == 0 && one.output.isEmpty)
    #expect(one.errors.hasPrefix("1 call taken out.\n") && one.errors.contains("is still there"))
    #expect(try night.ingest("--exclude", "1001.*").errors == "0 analysed, 2 unchanged\n")
    #expect(try ProgramRun.talkspurt(["forget", "--store", night.store, "7777"]).status == 1)
    #expect(try ProgramRun.talkspurt(["forget", "--store", night.path + "/none", "1"]).status == 1)
  }

  @Test func aNameThatIsNoTextIsForgotten() throws {
    let night = Night(1)
    let odd: [UInt8] = Array("share/caf".utf8) + [0xE9] + Array(".wav".utf8)
    night.folder.write(WaveBytes.pcm16(WaveBytes.noise(4_000)), as: odd)
    #expect(try night.ingest().errors == "2 analysed, 0 unchanged\n")
    let arguments = ["forget", "--quiet", "--store", night.store].map { Array($0.utf8) }
    #expect(try ProgramRun.talkspurt(arguments + [odd], in: night.path).status == 0)
    #expect(try night.export().lines.count == 1)
  }

  @Test func agesAreReadAndHeld() throws {
    let night = Night(2)
    _ = try night.ingest()
    func prune(_ age: String, _ more: String...) throws -> ProgramRun {
      try ProgramRun.talkspurt(["prune", "--store", night.store, "--older-than", age] + more)
    }
    for age in ["", "d", "90", "-1d", "1.5h", "9y", "99999999999999999999d", "٣d"] {
      #expect(try prune(age).status == 64, "\(age)")
    }
    #expect(try prune("1d").errors == "0 calls taken out.\n")
    let old = Date(timeIntervalSince1970: 1_000_000_000)
    try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: night.share + "/1000.wav")
    _ = try night.ingest()
    #expect(try prune("90d", "--dry-run").errors == "1 call would be taken out.\n")
    #expect(try prune("90d").errors == "1 call taken out.\n")
    #expect(try night.ingest("--max-age", "90d").errors == "0 analysed, 1 unchanged\n")
    #expect(try night.ingest("--min-age", "90d").errors == "1 analysed, 0 unchanged, 1 too young\n")
  }

  @Test func upkeepWaitsForNoRun() throws {
    let night = Night(1)
    _ = try night.ingest()
    try CallStore.holding(night.store) {
      for command in [["prune", "--older-than", "1d"], ["forget", "1"]] {
        #expect(try ProgramRun.talkspurt(command + ["--store", night.store]).status == 11)
      }
      // A copy is made all the same.
      let target = night.path + "/backup.sqlite"
      #expect(try ProgramRun.talkspurt(["backup", "--store", night.store, target]).status == 0)
      let copied = try ProgramRun.talkspurt(["export", "--store", target, "--format", "ndjson"]).output
      #expect(try night.export().output == copied)
    }
    #expect(try ProgramRun.talkspurt(["backup", "--store", night.store, night.path + "/b.wav"]).status == 64)
  }
}
