public import CallModel
import FoundationEssentials

/// What the sound of a recording says: the line of JSON that a worker writes for an item.
public struct WorkRow: Sendable, Hashable {
  /// That of the item; nil where the line was none.
  public var id: ItemID?
  /// The summary or the failure.
  public var outcome: CallOutcome
  /// The landmarks by which the agent's speech is found in other calls; nil where they were not asked for.
  public var landmarks: [Landmark]?

  /// The row for an item.
  public init(id: ItemID?, outcome: CallOutcome, landmarks: [Landmark]? = nil) {
    self.id = id
    self.outcome = outcome
    self.landmarks = landmarks
  }

  /// The line, with its end. A summary with a figure that is no number becomes a failure.
  var line: [UInt8] {
    if let line = try? jsonLine(self) { return line }
    guard case .analysed(let call) = outcome else { return [] }
    var failure = CallFailure.unwritable(RecordingPath(call.recording.path))
    failure.pathBase64 = call.recording.pathBase64
    return WorkRow(id: id, outcome: .failed(failure)).line
  }
}

extension WorkRow: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, status, call, failure, landmarks
  }

  /// Reads a row.
  public init(from decoder: any Decoder) throws {
    let keys = try decoder.container(keyedBy: CodingKeys.self)
    id = try keys.decodeIfPresent(ItemID.self, forKey: .id)
    if let call = try keys.decodeIfPresent(CallSummary.self, forKey: .call) {
      outcome = .analysed(call)
    } else {
      outcome = .failed(try keys.decode(CallFailure.self, forKey: .failure))
    }
    landmarks = try keys.decodeIfPresent(Data.self, forKey: .landmarks).map { [Landmark](bytes: Array($0)) }
  }

  /// Writes a row: `status` is `ok` or the code of the failure.
  public func encode(to encoder: any Encoder) throws {
    var keys = encoder.container(keyedBy: CodingKeys.self)
    try keys.encode(id, forKey: .id)
    switch outcome {
    case .analysed(let call):
      try keys.encode("ok", forKey: .status)
      try keys.encode(call, forKey: .call)
    case .failed(let failure):
      try keys.encode(failure.error.code, forKey: .status)
      try keys.encode(failure, forKey: .failure)
    }
    try keys.encodeIfPresent(landmarks.map { Data($0.bytes) }, forKey: .landmarks)
  }
}

/// The first line that a worker writes: what its rows depend on. Rows of workers that differ in it do not go together.
public struct WorkerHello: Sendable, Hashable, Codable {
  /// The version of the protocol: of items, rows and this line.
  public var protocolVersion = WorkerHello.protocolVersion
  /// The version of the program.
  public var version: String
  /// The hash of the settings where no source matches a recording.
  public var settingsHash: String
  /// The hashes of the settings of each source, in order.
  public var sourceHashes: [String]

  /// The one that is spoken here.
  public static let protocolVersion = 1

  /// What a program and its settings say.
  public init(version: String, settingsHash: String, sourceHashes: [String]) {
    self.version = version
    self.settingsHash = settingsHash
    self.sourceHashes = sourceHashes
  }

  private enum CodingKeys: String, CodingKey {
    case version
    case protocolVersion = "protocol"
    case settingsHash = "settings_hash"
    case sourceHashes = "source_hashes"
  }
}

/// A value as a line of JSON, its end included, keys sorted.
func jsonLine(_ value: some Encodable) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
}
