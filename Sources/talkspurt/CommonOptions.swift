public import ArgumentParser
import CallIngest
public import CallModel
import FoundationEssentials
import Glibc

/// What every command that analyses takes.
struct CommonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Settings from this TOML file.",
      discussion: "They go over those of /etc/talkspurt/config.toml; variables TALKSPURT_… go over both.",
      valueName: "file"))
  var config: String?

  @Option(help: "The channel the agent is on: left, right, or auto to infer it from the sound.")
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
      try? StandardStream.error.write("Error: \(error)\n")
      throw ExitCode(error.status)
    }
  }
}

extension ChannelRoles: ExpressibleByArgument {}

/// Standard output carries data only, standard error what is said to a person.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  /// Whether a person reads it.
  var isTerminal: Bool { isatty(rawValue) == 1 }

  /// Writes all of `text`, unbuffered. Throws exit status 1 where the other end is full or closed.
  func write(_ text: String) throws {
    var text = text
    try text.withUTF8 { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(rawValue, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno != EINTR { throw ExitCode.failure }
        rest = rest.dropFirst(max(0, count))
      }
    }
  }
}
