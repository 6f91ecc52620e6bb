import ArgumentParser

/// The program: one file a subcommand.
@main
struct Talkspurt: ParsableCommand {
  /// The version of the program and of its answers.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "talkspurt",
    abstract: "Tells from the sound of a recorded customer call how the conversation went.",
    discussion: """
      It works from the sound alone, on this machine, and never writes to a recording. Standard output carries \
      data only.

      Exit status: 0 all done; 1 could not do it; 3 finished, but some recordings failed; 4 a call has a finding \
      of --fail-on; 11 another run holds the store; 64 wrong usage.
      """,
    version: "talkspurt \(version)",
    subcommands: [
      Inspect.self, Clip.self, Explain.self, Analyze.self, Ingest.self, Export.self, FollowUpCommand.self,
      Report.self, Audit.self, Prompts.self, Prune.self, Forget.self, Backup.self, ConfigCommand.self,
      Doctor.self, Worker.self,
    ])
}
