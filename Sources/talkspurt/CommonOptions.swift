public import ArgumentParser
import CallAnalysis
import CallAudio
import CallIngest
public import CallModel

/// What every command that analyses takes.
struct CommonOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Settings from this TOML file.", valueName: "file"))
  var config: String?

  @Option(help: "The channel the agent is on: left, right or auto.")
  var agent: ChannelRoles?

  @Flag(name: .shortAndLong, help: "No progress and no notices on standard error.")
  var quiet = false

  /// The effective options: defaults, then /etc, then --config, then the environment, then flags.
  func pipelineOptions() throws -> PipelineOptions {
    PipelineOptions(
      settings: AnalysisSettings(), limits: ReadingLimits(), roles: agent ?? .auto,
      analysis: Analysis(version: Talkspurt.configuration.version, settingsHash: ""))
  }
}

extension ChannelRoles: ExpressibleByArgument {}
