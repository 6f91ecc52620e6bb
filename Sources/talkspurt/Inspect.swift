import ArgumentParser

/// `talkspurt inspect`.
struct Inspect: ParsableCommand {
  @OptionGroup var common: CommonOptions

  func run() throws {}
}
