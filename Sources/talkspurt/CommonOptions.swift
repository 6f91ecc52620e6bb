public import ArgumentParser
import CallIngest
public import CallModel
import FoundationEssentials

/// What every command that analyses takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Settings from this TOML file.",
      discussion: "They go over those of /etc/talkspurt/config.toml; variables TALKSPURT_… go over both.",
      valueName: "file"))
  var config: String?

  @Option(
    help:
      "The channel the agent is on: left, right, or auto; or first, second: who speaks first, or the other.")
  var agent: ChannelRoles?

  @Flag(name: .shortAndLong, help: "No progress and no notices on standard error.")
  var quiet = false

  /// The effective options: defaults, then /etc, then --config, then the environment, then flags. Where they
  /// are refused, says why on standard error and throws the exit status.
  func pipelineOptions() throws -> PipelineOptions {
    do throws(ConfigurationError) {
      let configuration = try Configuration.load(
        file: config, agent: agent, environment: ProcessInfo.processInfo.environment)
      return PipelineOptions(
        settings: configuration.analysis, limits: configuration.reading, roles: configuration.agent,
        analysis: Analysis(version: Talkspurt.version, settingsHash: configuration.hash))
    } catch {
      StandardStream.complain("\(error)")
      throw ExitCode(error.status)
    }
  }
}

extension ChannelRoles: ExpressibleByArgument {}
