/// A landmark: the strongest spectral lines at five instants within a third of a second, hashed, with their
/// position. The same sound in another call has the same landmarks.
public struct Landmark: Sendable, Hashable {
  /// The hash of the lines; the same sound gives the same on another line, at another level.
  public var hash: UInt32
  /// Where they begin, in steps of 20 ms from the start of the recording.
  public var step: UInt32

  /// The lines that hash to `hash` begin at `step`.
  public init(hash: UInt32, step: UInt32) {
    self.hash = hash
    self.step = step
  }

  /// The length of a step, in seconds.
  public static let hop = 0.02
  /// The steps that a landmark covers.
  public static let span = 17
}

extension [Landmark] {
  /// 8 bytes each, lowest first: hash, step.
  public var bytes: [UInt8] {
    flatMap { landmark in
      [landmark.hash, landmark.step].flatMap { word in
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      }
    }
  }

  /// The landmarks in `bytes`; an incomplete one at the end is dropped.
  public init(bytes: [UInt8]) {
    func word(at place: Int) -> UInt32 {
      bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
    self = (0..<bytes.count / 8).map { Landmark(hash: word(at: 8 * $0), step: word(at: 8 * $0 + 4)) }
  }
}

/// What a recorded prompt is, as the user labelled it.
public enum PromptKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// Not labelled.
  case unlabelled
  /// An announcement, as of closing hours or that nobody is free.
  case systemPrompt = "system_prompt"
  /// The greeting of a voicemail.
  case voicemail
  /// A menu that the caller speaks or dials to.
  case ivr
  /// An announcement to callers who wait.
  case holdAnnouncement = "hold_announcement"
}

/// A stretch of sound that recurs across calls: a recording, not a person.
public struct RecordedPrompt: Sendable, Hashable, Codable {
  /// Its number in the store.
  public var id: Int64
  /// The longest stretch of it that was heard, in seconds.
  public var length: Seconds
  /// The calls in which it is heard.
  public var calls: Int
  /// What it is.
  public var kind: PromptKind
  /// The user's label; nil before it is labelled.
  @Nullable public var label: String?
  /// A recording to hear it in, the first by path; nil where no call in the store has it any more.
  @Nullable public var path: String?
  /// base64 of that path where it is not UTF-8.
  @Nullable public var pathBase64: String?
  /// Where it begins there, in seconds.
  @Nullable public var start: Seconds?

  /// A prompt.
  public init(
    id: Int64, length: Seconds, calls: Int, kind: PromptKind, label: String?, path: String?,
    pathBase64: String?, start: Seconds?
  ) {
    self.id = id
    self.length = length.milliseconds
    self.calls = calls
    self.kind = kind
    self.label = label
    self.path = path
    self.pathBase64 = pathBase64
    self.start = start?.milliseconds
  }

  enum CodingKeys: String, CodingKey {
    case id, calls, kind, label
    case length = "length_s"
    case path = "first_path"
    case pathBase64 = "first_path_b64"
    case start = "first_start_s"
  }
}

/// A recorded prompt heard in a call.
public struct PromptPlace: Sendable, Hashable {
  /// The prompt's number in the store.
  public var prompt: Int64
  /// Where it is heard, in seconds.
  public var range: TimeRange

  /// `prompt` is heard in `range`.
  public init(prompt: Int64, range: TimeRange) {
    self.prompt = prompt
    self.range = range
  }
}
