import ArgumentParser
import CallStore
import Glibc

/// `talkspurt prune`.
struct Prune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes recordings out of a store that are older than an age.",
    discussion: """
      The age of a recording counts from when the call began or, where that is not known, from when its \
      file was last written to. All that was measured of it goes, and nothing of it stays in the store's \
      files. The recordings themselves are not touched: run `ingest` with the same --max-age, which counts \
      the same age, so that those that are still on the share are not taken again. A clock that the store \
      contradicts is refused: the last run or the newest call began after it, or there was no run for a month.

      Exit status: 0 all done; 1 could not do it; 11 a run holds the store; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The store to take them out of.", valueName: "file"))
  var store: String

  @Option(help: ArgumentHelp("A number with s, m, h or d, as in 90d.", valueName: "age"))
  var olderThan: Age

  @Flag(help: "Only say what would go.")
  var dryRun = false

  @Flag(help: "Go on although the store contradicts this machine's clock.")
  var acceptClock = false

  func run() throws {
    let removal = try sayingWhyNot {
      _ = try CallStore(reading: store)
      return try CallStore.writing(to: store) { calls in
        if !acceptClock { try checkClock(of: calls, gap: 30 * 86_400) }
        return try calls.prune(before: Int64(time(nil)) - Int64(olderThan.seconds), isRehearsal: dryRun)
      }
    }
    guard !common.quiet else { return }
    StandardStream.inform("\(removal.sentence) \(dryRun ? "would be " : "")taken out.")
  }
}

extension Removal {
  /// The counts, without a verb.
  var sentence: String {
    func count(_ number: Int, _ word: String) -> String { "\(number) \(word)\(number == 1 ? "" : "s")" }
    return count(calls, "call") + (failures > 0 ? " and " + count(failures, "failure") : "")
  }
}
