@_spi(Training) import CallAnalysis
import Foundation

// The cues of the voices in recordings, a line of JSON each, for `scripts/make-voice-weights`. The arguments are files
// of 16-bit samples of one channel at 8 kHz, little-endian and nothing else.
let encoder = JSONEncoder()
encoder.outputFormatting = .sortedKeys
for path in CommandLine.arguments.dropFirst() {
  let samples = try Data(contentsOf: URL(fileURLWithPath: path)).withUnsafeBytes {
    $0.bindMemory(to: Int16.self).map(Int16.init(littleEndian:))
  }
  var analyzer = CallAnalyzer(
    format: SignalFormat(sampleRate: 8000, channels: 1, encoding: "PCM_16"), settings: AnalysisSettings())
  analyzer.consume(samples.span)
  print(String(decoding: try encoder.encode(analyzer.voiceCues()), as: UTF8.self))
}
