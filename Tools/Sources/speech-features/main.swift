@_spi(Training) import CallAnalysis
import CallAudio
import CallModel
import Foundation

// What tells speech in each leg of recordings, frame by frame, for training. The first argument is a folder, the others
// recordings. FOLDER/NAME.LEG.f32 gets rows of 32-bit floats: the features, then 1 where the frame is usable, 1 where
// the rules in force take it for speech, and its level under the leg's loud talk in dB.
let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first else {
  FileHandle.standardError.write(Data("usage: speech-features FOLDER RECORDING...\n".utf8))
  exit(64)
}
for path in arguments.dropFirst() {
  var reader = try RecordingReader(opening: RecordingPath(path), limits: ReadingLimits())
  var analyzer = CallAnalyzer(
    format: SignalFormat(
      sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
    settings: AnalysisSettings())
  try reader.forEachBlock { analyzer.consume($0) }
  _ = try reader.finish()
  let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  for (leg, features) in analyzer.trainingFeatures().enumerated() {
    let columns =
      features.columns + [
        features.isUsable.map { $0 ? 1 : 0 }, features.isSpeech.map { $0 ? 1 : 0 }, features.depth,
      ]
    var rows = [Float](repeating: 0, count: features.depth.count * columns.count)
    for (place, column) in columns.enumerated() {
      for (frame, value) in column.enumerated() { rows[frame * columns.count + place] = value }
    }
    try rows.withUnsafeBytes { Data($0) }.write(
      to: URL(fileURLWithPath: folder).appendingPathComponent("\(name).\(leg).f32"))
  }
}
