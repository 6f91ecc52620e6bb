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

  /// The leg beside the one at `path`, which has this sound; nil where there is none, or where the two cannot be put
  /// together: their lengths differ, so that gaps were left out of one, or their sample rates do.
  static func beside(_ path: RecordingPath, _ sound: Sound, _ limits: ReadingLimits) -> SecondLeg? {
    guard let place = path.otherLeg(from: "-in", to: "-out"), limits.rule(for: path)?.hasLegs == true,
      sound.channels == 1, let itsFrames = sound.frames
    else { return nil }
    do throws(CallFailure) {
      let decoder = try RecordingReader.open(place, limits, false)
      guard decoder.sound.channels == 1, decoder.sound.sampleRate == sound.sampleRate,
        let frames = decoder.sound.frames,
        abs(frames - itsFrames) <= max(sound.sampleRate, itsFrames / 100)
      else { return nil }
      return SecondLeg(
        decoder: decoder, name: place.name.text, frames: frames, framesOfBoth: max(frames, itsFrames))
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

  /// Whether the file has changed since it was opened.
  var hasChanged: Bool { decoder.file.hasChanged }

  /// Puts the next `requested` sample frames of this leg beside those of the first, of which `first` are at the front of
  /// `block`; silence follows the shorter leg. Returns how many frames of two channels are there then.
  mutating func join(_ first: Int, of requested: Int, in block: inout [Int16]) -> Int {
    if samples.isEmpty { samples = Array(repeating: 0, count: block.count) }
    let wanted = min(requested, frames - taken)
    let second = wanted > 0 ? decoder.read(wanted, into: &samples) : 0
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
  func otherLeg(from ending: String, to other: String) -> RecordingPath? {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")),
      bytes[..<dot].suffix(ending.utf8.count).elementsEqual(ending.utf8)
    else { return nil }
    return RecordingPath(bytes: bytes[..<dot].dropLast(ending.utf8.count) + Array(other.utf8) + bytes[dot...])
  }
}

extension ReadingLimits {
  /// Whether `path` is read as the first leg of a call, with the second one beside it.
  public func isFirstLeg(_ path: RecordingPath) -> Bool {
    guard path.otherLeg(from: "-in", to: "-out") != nil, rule(for: path)?.hasLegs == true else {
      return false
    }
    do throws(CallFailure) {
      let sound = try RecordingReader.open(path, self, false).sound
      return SecondLeg.beside(path, sound, self) != nil
    } catch {
      return false
    }
  }

  /// Whether `path` is read together with the first leg of its call, and is none of its own.
  public func isSecondLeg(_ path: RecordingPath) -> Bool {
    path.otherLeg(from: "-out", to: "-in").map(isFirstLeg) ?? false
  }
}
