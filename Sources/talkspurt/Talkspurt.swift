import ArgumentParser

/// The program: one file a subcommand.
@main
struct Talkspurt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "talkspurt",
    abstract: "Tells from the sound of a recorded customer call how the conversation went.",
    version: "0.1.0",
    subcommands: [Inspect.self, Analyze.self, Ingest.self, Export.self])
}
