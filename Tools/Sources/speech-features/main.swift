@_spi(Training) import CallAnalysis
import CallAudio
import CallModel
import Foundation

// What tells speech in each leg of recordings, frame by frame, for training. The first argument says for which weights: leg
// or pair; the second is a folder, the others recordings. FOLDER/names.txt gets the name and the kind of each feature,
// FOLDER/NAME.LEG.u8 a row of bytes for each frame: the features, then 1 where the model is asked, and the frame's level under
// the leg's loud talk (0 to 252 for -60 to 10 dB).
let arguments = CommandLine.arguments.dropFirst()
guard let model = arguments.first.flatMap(TrainingFeatures.Model.init), arguments.count > 1 else {
  FileHandle.standardError.write(Data("usage: speech-features leg|pair FOLDER RECORDING...\n".utf8))
  exit(64)
}
let folder = URL(fileURLWithPath: arguments.dropFirst().first!)
try Data(TrainingFeatures.names(model).joined(separator: "\n").utf8)
  .write(to: folder.appendingPathComponent("names.txt"))
for path in arguments.dropFirst(2) {
  var reader = try RecordingReader(opening: RecordingPath(path), limits: ReadingLimits())
  var analyzer = CallAnalyzer(
    format: SignalFormat(
      sampleRate: reader.sampleRate, channels: reader.channels, encoding: reader.encoding),
    settings: AnalysisSettings())
  try reader.forEachBlock { analyzer.consume($0) }
  _ = try reader.finish()
  let name = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  for (leg, features) in analyzer.trainingFeatures(model).enumerated() {
    let columns = features.columns + [features.isAsked.map { $0 ? 1 : 0 }, features.depth]
    var rows = [UInt8](repeating: 0, count: features.depth.count * columns.count)
    for (place, column) in columns.enumerated() {
      for (frame, value) in column.enumerated() { rows[frame * columns.count + place] = value }
    }
    try Data(rows).write(to: folder.appendingPathComponent("\(name).\(leg).u8"))
  }
}
