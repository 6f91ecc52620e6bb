import CallAnalysis
import CallAudio
import CallModel
import TestSupport

/// The calls of `TestAudio/` with their summaries. Each call is analysed once; the tests share the result.
enum AnalysedTestAudio {
  /// The calls with a party on each channel.
  static let stereoCalls = (try? TestAudio.calls(.stereo)) ?? []
  /// The calls whose one channel carries both parties.
  static let monoCalls = (try? TestAudio.calls(.mono)) ?? []
  /// All calls.
  static let calls = stereoCalls + monoCalls

  private static let summaries = Dictionary(
    uniqueKeysWithValues: calls.map { call in
      (call.truth.name, Result { () throws(CallFailure) in try analyse(call, roles: .left) })
    })

  /// The summary of a call with the agent on the left, as in all of them.
  static func summary(of call: TestCall) throws -> CallSummary {
    try summaries[call.truth.name]?.get() ?? analyse(call, roles: .left)
  }

  /// Reads and analyses a call.
  static func analyse(_ call: TestCall, roles: ChannelRoles) throws(CallFailure) -> CallSummary {
    var reader = try RecordingReader(opening: call.path, limits: ReadingLimits())
    var analyzer = CallAnalyzer(
      format: SignalFormat(
        sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
      settings: AnalysisSettings())
    try reader.forEachBlock { analyzer.consume($0) }
    return analyzer.finish(
      recording: try reader.finish(), analysis: Analysis(version: "test", settingsHash: ""), roles: roles)
  }
}
