import ArgumentParser

/// `talkspurt export`.
struct Export: ParsableCommand {
  @OptionGroup var common: CommonOptions

  func run() throws {}
}
