import ArgumentParser

/// `talkspurt ingest`.
struct Ingest: ParsableCommand {
  @OptionGroup var common: CommonOptions

  func run() throws {}
}
