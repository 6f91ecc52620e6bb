public import ArgumentParser
import CallIngest
public import CallModel
import FoundationEssentials

/// The options of every command that analyses.
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

  @Option(
    help: ArgumentHelp(
      "Standard error as text for a person, or as json, an object a line.", valueName: "format"))
  var logFormat = LogFormat.text

  /// Sets how this process writes standard error, before anything is written.
  func validate() { LogFormat.current = logFormat }

  /// The effective settings: defaults, then /etc, then --config, then the environment, then flags. Where they
  /// are refused, writes the reason to standard error and throws the exit status.
  func configuration() throws -> Configuration {
    try sayingWhyRefused { () throws(ConfigurationError) in
      try Configuration.load(file: config, agent: agent, environment: ProcessInfo.processInfo.environment)
    }
  }

  /// The options of an analysis under these settings.
  func pipelineOptions() throws -> PipelineOptions {
    let configuration = try configuration()
    return PipelineOptions(
      settings: configuration.analysis, limits: configuration.readingLimits, roles: configuration.agent,
      analysis: Analysis(version: Talkspurt.version, settingsHash: configuration.hash),
      sources: configuration.recordingSources(version: Talkspurt.version))
  }
}

/// Runs `body`, which reads settings; a refusal becomes its sentence and its exit status.
func sayingWhyRefused<Value>(_ body: () throws(ConfigurationError) -> Value) throws -> Value {
  do throws(ConfigurationError) {
    return try body()
  } catch {
    StandardStream.complain(error.description)
    throw ExitCode(error.status)
  }
}

extension ChannelRoles: ExpressibleByArgument {}
