import ArgumentParser

/// `talkspurt analyze`.
struct Analyze: ParsableCommand {
  @OptionGroup var common: CommonOptions

  func run() throws {}
}
