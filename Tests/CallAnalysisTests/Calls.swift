import CallAnalysis
import CallModel

/// Calls made in memory, analysed.
enum Calls {
  static func summary(
    of samples: [Int16], rate: Int = 8000, channels: Int = 2, block: Int = 4096,
    settings: AnalysisSettings = AnalysisSettings(), roles: ChannelRoles = .left, encoding: String = "PCM_16"
  ) -> CallSummary {
    var analyzer = CallAnalyzer(
      format: SignalFormat(sampleRate: rate, channels: channels, encoding: encoding), settings: settings)
    var index = 0
    while index < samples.count {
      let end = min(samples.count, index + block * channels)
      analyzer.consume(samples.span.extracting(index..<end))
      index = end
    }
    return analyzer.finish(
      recording: Recording(
        path: RecordingPath("call.wav"), bytes: 0, sha256: "", container: "WAV", encoding: encoding,
        sampleRate: rate, channels: channels, duration: Double(samples.count / channels) / Double(rate),
        status: .ok),
      analysis: Analysis(version: "test", settingsHash: ""), roles: roles)
  }
}
