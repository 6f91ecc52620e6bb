import CallAnalysis
import CallAudio
import CallModel
import Crypto
import FoundationEssentials

/// Everything besides the sound that an answer depends on. Every property is a key in snake case: `agent`,
/// `[reading]`, and the tables of `AnalysisSettings`. The keys are found by encoding the shipped values, so
/// that a new setting needs no change here; settings are numbers, flags, texts or lists of them, never nil.
struct Configuration: Sendable, Hashable {
  /// The channel the agent is on.
  var agent = ChannelRoles.auto
  /// The limits beyond which a recording is refused.
  var reading = ReadingLimits()
  /// The settings of the analysis.
  var analysis = AnalysisSettings()
  /// The places of recordings, in order. Not part of the hash; the role that they give a recording is, as
  /// `agent`.
  var sources: [SourceRule] = []
}

/// Why a configuration is refused: one sentence and the exit status.
struct ConfigurationError: Error, Hashable, CustomStringConvertible {
  /// The sentence, with the place and what to give instead.
  var description: String
  /// 64 for a wrong key or value, 1 for a file that cannot be read.
  var status: Int32 = 64
}

extension Configuration {
  /// The first 12 hexadecimal digits of SHA-256 over the effective settings as JSON with sorted keys, followed by the
  /// revision of the constants of the analysis. Equal hashes and versions give equal answers for equal files. Which files
  /// are read and what is looked for in many calls change no answer: `[reading]` and `[prompts]` count as shipped.
  var hash: String { hash(of: nil) }

  /// The same for recordings without a header, of which `raw` says what the samples are.
  func hash(of raw: RawFormat?) -> String {
    var heard = self
    (heard.reading, heard.analysis.prompts) = (ReadingLimits(), PromptSettings())
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let json = try? encoder.encode(heard) else {
      preconditionFailure("settings are finite numbers and texts")
    }
    let form = raw.map { "\($0.encoding.rawValue) \($0.sampleRate) \($0.channels)" } ?? ""
    return SHA256.hash(data: json + Data((AnalysisSettings.revision + form).utf8)).prefix(6).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
