public import CallModel

/// The file with the other party's leg, as Asterisk's `Monitor()` writes two: `X-in.wav` has what came from the channel,
/// `X-out.wav` what it heard, from the same moment on. Both together are one recording of two channels.
struct SecondLeg: ~Copyable {
  private var decoder: Decoder
  private let name: String
  private let frames: Int
  private var samples: [Int16] = []
  private var taken = 0

  /// How long both together are, in sample frames.
  let framesOfBoth: Int

  /// The leg beside the one at `path`; nil where there is none, or where the two cannot be put
  /// together: their lengths differ, so that gaps were left out of one, or their sample rates do.
  static func beside(_ path: RecordingPath, _ limits: ReadingLimits) -> SecondLeg? {
    guard let (place, frames) = frames(beside: path, limits) else { return nil }
    do throws(CallFailure) {
      return SecondLeg(
        decoder: try RecordingReader.open(place, limits, false), name: place.name.text, frames: frames.second,
        framesOfBoth: max(frames.first, frames.second))
    } catch {
      return nil
    }
  }

  /// Where that leg is, and the lengths of both; by their headers alone, since no decoder may run in the process that has
  /// workers.
  fileprivate static func frames(
    beside path: RecordingPath, _ limits: ReadingLimits
  ) -> (place: RecordingPath, frames: (first: Int, second: Int))? {
    guard let place = path.otherLeg(from: "-in", to: "-out"), let legs = legs(path, place, limits),
      abs(legs.frames.1 - legs.frames.0) <= tolerance(max(legs.frames.0, legs.frames.1), legs.sampleRate)
    else { return nil }
    return (place, legs.frames)
  }

  /// That the other leg of the call is there, and is not put together with the one at `path`, because gaps were left out of
  /// one; nil otherwise.
  static func misfit(of path: RecordingPath, _ limits: ReadingLimits) -> Recording.Fault? {
    guard
      let place = path.otherLeg(from: "-in", to: "-out") ?? path.otherLeg(from: "-out", to: "-in"),
      let legs = legs(path, place, limits),
      abs(legs.frames.1 - legs.frames.0) > tolerance(max(legs.frames.0, legs.frames.1), legs.sampleRate)
    else { return nil }
    let difference = Double(legs.frames.1 - legs.frames.0) / Double(legs.sampleRate)
    return Recording.Fault(
      .legsUnaligned,
      "The other leg, \(place.name.text), is \(abs(difference).milliseconds) s"
        + " \(difference < 0 ? "shorter" : "longer"): gaps were left out of one, so that both are not put together."
    )
  }

  /// The lengths of two legs of one channel and of one sample rate each; nil where they are no such ones.
  private static func legs(
    _ one: RecordingPath, _ other: RecordingPath, _ limits: ReadingLimits
  ) -> (frames: (first: Int, second: Int), sampleRate: Int)? {
    guard [one, other].contains(where: { limits.rule(for: $0)?.hasLegs == true }),
      let first = sound(of: one, limits),
      let second = sound(of: other, limits), first.channels == 1, second.channels == 1,
      first.sampleRate == second.sampleRate, let itsFrames = first.frames, let frames = second.frames
    else { return nil }
    return ((itsFrames, frames), first.sampleRate)
  }

  /// By how many frames legs may differ.
  private static func tolerance(_ frames: Int, _ sampleRate: Int) -> Int {
    max(longestDifferenceS * sampleRate, frames / 100)
  }

  /// The lengths of both legs differ by at most this, in s, or by 1 %: `Monitor()` begins and ends both together, and more
  /// is a gap that was left out (our judgement).
  private static let longestDifferenceS = 1

  /// What the leg at `path` is by its header; nil for containers that libsndfile has to open.
  private static func sound(of path: RecordingPath, _ limits: ReadingLimits) -> Sound? {
    do throws(Refusal) {
      let file = try RecordingFile(opening: path, followingLinks: false)
      switch try SoundLayout(
        of: file, named: fileExtension(of: path.name.bytes), raw: limits.rawFormat(of: path), limits: limits)
      {
      case .wave(let wave): return Sound(wave)
      case .raw(let format): return try Sound(format, in: file)
      case .container: return nil
      }
    } catch {
      return nil
    }
  }

  private init(decoder: consuming Decoder, name: String, frames: Int, framesOfBoth: Int) {
    self.decoder = decoder
    self.name = name
    self.frames = frames
    self.framesOfBoth = framesOfBoth
  }

  /// One sentence for a summary.
  var notes: [String] { decoder.sound.notes + ["The second channel is \(name)."] }

  /// The failure to report, if a read of it failed.
  func throwReadError() throws(Refusal) { try decoder.file.throwReadError() }

  /// Whether it is whole, as its header tells.
  var status: Recording.Status { decoder.sound.status }

  /// Whether the file has changed since it was opened.
  var hasChanged: Bool { decoder.file.hasChanged }

  /// Goes on to sample frame `frame` from the start, before anything was read.
  mutating func skip(to frame: Int) {
    taken = min(frame, frames)
    decoder.skip(to: taken)
  }

  /// Puts the next `requested` sample frames of this leg beside those of the first, of which `first` are at the front of
  /// `block`; silence follows the shorter leg. Returns how many frames of two channels are there then.
  mutating func join(_ first: Int, of requested: Int, in block: inout [Int16]) -> Int {
    if samples.isEmpty { samples = Array(repeating: 0, count: block.count) }
    let missing = min(requested, frames - taken)
    let second = missing > 0 ? decoder.read(missing, into: &samples) : 0
    taken += second
    let count = max(first, second)
    // From the end, as the first leg lies in the front half.
    for frame in (0..<count).reversed() {
      let one = frame < first ? block[frame] : 0
      block[2 * frame] = one
      block[2 * frame + 1] = frame < second ? samples[frame] : 0
    }
    return count
  }
}

extension RecordingPath {
  /// The path with another ending before the extension; nil where it does not end in `ending`.
  public func otherLeg(from ending: String, to other: String) -> RecordingPath? {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")),
      bytes[..<dot].suffix(ending.utf8.count).elementsEqual(ending.utf8)
    else { return nil }
    return RecordingPath(
      bytes: bytes[..<dot].dropLast(ending.utf8.count) + Array(other.utf8) + bytes[dot...],
      givenLength: min(givenLength, bytes.lastIndex(of: UInt8(ascii: "/")) ?? 0))
  }
}

extension ReadingLimits {
  /// The second leg of a call that is read with the first one at `path`; nil where it is read alone.
  public func secondLeg(of path: RecordingPath) -> RecordingPath? {
    SecondLeg.frames(beside: path, self)?.place
  }

  /// The first leg with which the second one at `path` is read; nil where it is a call of its own.
  public func firstLeg(of path: RecordingPath) -> RecordingPath? {
    path.otherLeg(from: "-out", to: "-in").flatMap { secondLeg(of: $0) == nil ? nil : $0 }
  }
}
