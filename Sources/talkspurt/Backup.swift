import ArgumentParser
import CallStore

/// `talkspurt backup`.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies a store, while runs and readers go on.",
    discussion: """
      The copy has the store as it was at one moment. It is checked, and appears whole or not at all. An \
      earlier backup in its place is replaced; any other file is not. Use it as it is, or put it in the \
      place of a damaged store, whose files with -wal and -shm have to go.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The store to copy.", valueName: "file"))
  var store: String

  @Argument(help: ArgumentHelp("The file to write.", valueName: "to"))
  var target: String

  func validate() throws {
    if isNamedLikeRecording(target) {
      throw ValidationError(
        "\(target) is named like a recording; name it something like calls.backup.sqlite.")
    }
  }

  func run() throws {
    try sayingWhyNot { try CallStore(reading: store).backUp(to: target) }
  }
}
