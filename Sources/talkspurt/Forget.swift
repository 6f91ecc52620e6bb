import ArgumentParser
import CallModel
import CallStore

/// `talkspurt forget`.
struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes one recording out of a store, with all that was measured of it.",
    discussion: """
      CALL is the path of the recording, its SHA-256, or the number that its call has in the store; a \
      path of digits is given as ./7. Copies of the same content go with it. Nothing of it stays in the \
      store's files; backups and exports made before have it still. The recording itself is not touched: \
      while it is on the share, `ingest` takes it again.

      Exit status: 0 all done; 1 could not do it, or not known; 11 a run holds the store; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The store to take it out of.", valueName: "file"))
  var store: String

  @Argument(help: "A path, a SHA-256, or a number.")
  var call: String

  func run() throws {
    let removal = try sayingWhyNot {
      _ = try CallStore(reading: store)
      return try CallStore.writing(to: store) { try $0.forget(.given(call)) }
    }
    guard let removal else {
      StandardStream.complain("The store does not know \(call).")
      throw ExitCode(1)
    }
    guard !common.quiet else { return }
    StandardStream.inform("\(removal.sentence) taken out.")
    for path in removal.paths where path.isThere {
      StandardStream.inform("\(path.text) is still there; `ingest` takes it again unless it is excluded.")
    }
  }
}
