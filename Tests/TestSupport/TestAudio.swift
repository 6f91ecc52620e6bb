public import CallModel
import FoundationEssentials

/// The recordings of `TestAudio/` with their truth; `scripts/make-test-audio` makes both.
public enum TestAudio {
  /// The folder `TestAudio` of this checkout.
  public static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "TestAudio").path

  /// Every recording that has a truth beside it, by name. Throws where the folder or a truth cannot be read.
  public static func calls(_ layout: Truth.Layout) throws -> [TestCall] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    return try names.filter { $0.hasSuffix(".json") }.compactMap { file in
      let truth = try JSONDecoder().decode(
        Truth.self, from: Data(contentsOf: URL(filePath: folder).appending(path: file)))
      let stem = file.dropLast(".json".count) + "."
      guard truth.layout == layout, let recording = names.first(where: { $0 != file && $0.hasPrefix(stem) })
      else { return nil }
      return TestCall(path: RecordingPath(folder).appending(Array(recording.utf8)), truth: truth)
    }
  }
}

/// A recording and what is true of it.
public struct TestCall: Sendable, CustomStringConvertible {
  /// Where the recording is.
  public let path: RecordingPath
  /// What is true of it.
  public let truth: Truth

  /// The call's name, for test reports.
  public var description: String { truth.name }
}

/// What is true of a recording, from where its sounds were placed; times in seconds.
public struct Truth: Sendable, Decodable {
  /// One channel for each party, or one for both.
  public enum Layout: String, Sendable, Decodable {
    case stereo, mono
  }

  /// Something that is true of each party's leg.
  public struct ByParty<Value: Sendable & Decodable>: Sendable, Decodable {
    /// The agent's.
    public let agent: Value
    /// The customer's.
    public let customer: Value

    /// One party's.
    public subscript(party: Party) -> Value { party == .agent ? agent : customer }
  }

  /// A sound on a leg that is not conversation; in JSON `[kind, start, end]`.
  public struct Sound: Sendable, Decodable {
    /// `ringback`, `busy`, `beep`, `music` or `prompt`.
    public let kind: String
    /// Where it is.
    public let range: TimeRange

    /// Reads `[kind, start, end]`.
    public init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      kind = try list.decode(String.self)
      range = TimeRange(try list.decode(Double.self), try list.decode(Double.self))
    }
  }

  /// How the call ended.
  public struct Ending: Sendable, Decodable {
    /// The kind a summary must give.
    public let kind: CallModel.Ending.Kind
    /// Whether it ended abruptly.
    public let abrupt: Bool
    /// The party that was cut off.
    public let cutParty: Party?

    enum CodingKeys: String, CodingKey {
      case kind, abrupt
      case cutParty = "cut_party"
    }
  }

  /// How a leg's line was made.
  public struct Quality: Sendable, Decodable {
    /// Line noise in dBov; nil is digital silence.
    public let noise: Double?
    /// Active speech level in dBov.
    public let level: Double
    /// The share of packets lost in speech, 0 to 1.
    public let dropoutRatio: Double?
    /// The share of packets lost in speech and played again from the one before, 0 to 1.
    public let repeatRatio: Double?
    /// Whether the level was beyond full scale.
    public let clipped: Bool?
    /// Whether nothing of this party arrived.
    public let oneWay: Bool?

    enum CodingKeys: String, CodingKey {
      case clipped
      case noise = "noise_dbov"
      case level = "level_dbov"
      case dropoutRatio = "dropout_ratio"
      case repeatRatio = "repeat_ratio"
      case oneWay = "one_way"
    }
  }

  /// Leakage of one party's voice onto the other's leg.
  public struct Bleed: Sendable, Decodable {
    /// The leg that should not carry it.
    public let onto: Party
    /// Its level against the own leg, in dB.
    public let level: Double

    enum CodingKeys: String, CodingKey {
      case onto
      case level = "db"
    }
  }

  /// The recording's name without its suffix.
  public let name: String
  /// Channels for parties.
  public let layout: Layout
  /// The length of the recording.
  public let duration: Seconds
  /// Where each party speaks.
  public let talkspurts: ByParty<[TimeRange]>
  /// What else is on the legs.
  public let other: ByParty<[Sound]>
  /// What happened.
  public let events: [CallEvent]
  /// How it ended.
  public let ending: Ending
  /// Turns of the ringing cadence.
  public let ringCount: Int
  /// The first sound after the last ring.
  public let answer: Seconds?
  /// How the lines were made.
  public let quality: ByParty<Quality>
  /// Leakage, where there is any.
  public let bleed: Bleed?
  /// How many people converse on one channel; nil where each party has a channel.
  public let voiceCount: Int?

  enum CodingKeys: String, CodingKey {
    case name, layout, talkspurts, other, events, ending, quality, bleed
    case duration = "duration_s"
    case ringCount = "ring_count"
    case answer = "answer_s"
    case voiceCount = "voice_count"
  }
}
