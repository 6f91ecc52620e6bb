internal import SignalProcessing

/// The levels of a leg in parts of 2.5 ms: falls and clicks are shorter than frames can tell.
struct PartLevels {
  let frames: [FrameFeatures]
  /// How many of the frames count.
  let count: Int

  /// So many frames before a part tell whether it ends a click.
  static let clickWindow = 16
  /// A click lasts at most so many frames: what a telephone does as it is hung up lasts less than 30 ms, a word that
  /// is cut longer (our measurement), ...
  private static let clickFrames = 3
  /// ... and what comes before it lies this far below it, in dB: within a word levels fall by less (our measurement).
  private static let clickDb: Float = 20
  private static let parts = FrameFeatures.partCount
  /// The time within which a dying leg falls, in parts: 15 ms.
  private static let fallParts = 6
  /// From a mean magnitude to a root mean square, in dB: 0.9 for a sine, 2 for noise.
  private static let shapeDb: Float = 1.5

  /// The level of some parts in dBov.
  func level(_ range: Range<Int>) -> Float {
    let inside = range.clamped(to: 0..<count * Self.parts)
    let power = inside.reduce(Float(0)) {
      let magnitude = frames[$1 / Self.parts].magnitude(part: $1 % Self.parts)
      return $0 + magnitude * magnitude
    }
    // Half an LSB stands for silence.
    return decibels(max(0.25, power / Float(max(1, inside.count))) / (32768 * 32768)) + Self.shapeDb
  }

  /// Whether the sound before a part has just begun and stands alone.
  func isClick(before part: Int) -> Bool {
    let level = level(part - Self.clickFrames * Self.parts..<part)
    return (Self.clickFrames + 1..<Self.clickWindow).allSatisfy {
      let start = part - $0 * Self.parts
      return self.level(start..<start + Self.parts) < level - Self.clickDb
    }
  }

  /// The steepest fall of levels of 10 ms that begins at one of some parts, and where; nil where none fits.
  func steepestFall(in places: ClosedRange<Int>) -> (part: Int, db: Float)? {
    places.filter { $0 + Self.fallParts <= count * Self.parts }.map { part in
      let after = part + Self.fallParts
      return (part, level(part - Self.parts..<part) - level(after - Self.parts..<after))
    }.max { $0.db < $1.db }
  }
}
