import FoundationEssentials

/// What was found in the calls of `TestAudio/` the last time that somebody looked: `TestAudio/figures/NAME.json`.
public struct RecordedFigures {
  private let file: URL
  private let encoder = JSONEncoder()

  /// Those of one call.
  public init(of call: TestCall) {
    file = URL(filePath: TestAudio.folder).appending(path: "figures/\(call.truth.name).json")
    encoder.outputFormatting = .sortedKeys
  }

  /// The sentences that say what has moved; with `RECORD_SNAPSHOTS=1` the figures are recorded anew. Figures that were
  /// never recorded are written and reported once, so that they are looked at before they are kept.
  public func differences(to found: [String: Figure]) throws -> [String] {
    let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
    guard !isRecording, let data = try? Data(contentsOf: file) else {
      try write(found)
      return isRecording ? [] : ["\(file.path) is new: look at it and run again."]
    }
    let recorded = try JSONDecoder().decode([String: Figure].self, from: data)
    return try Set(recorded.keys).union(found.keys).sorted().compactMap { name in
      let (before, now) = (recorded[name] ?? .nothing, found[name] ?? .nothing)
      if FigureTolerance(of: name).allows(now, insteadOf: before) { return nil }
      return "\(name) was \(try text(before)) and is \(try text(now))"
    }
  }

  /// One figure on a line, sorted by name.
  private func write(_ figures: [String: Figure]) throws {
    let lines = try figures.sorted { $0.key < $1.key }.map { "  \(try text($0)): \(try text($1))" }
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try ("{\n" + lines.joined(separator: ",\n") + "\n}\n").write(to: file, atomically: true, encoding: .utf8)
  }

  private func text(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
