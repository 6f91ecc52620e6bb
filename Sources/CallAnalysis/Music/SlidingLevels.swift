/// The levels in a window that slides over a series: how many lie far below the loud ones.
struct SlidingLevels {
  /// Levels in whole decibels above -127 dBov.
  private let levels: [UInt8]
  /// How many of them there are in the window, by decibel.
  private var counts = [Int](repeating: 0, count: 128)
  private var window = 0..<0
  /// The loud level: at most a tenth of the window exceeds it.
  private var loud = 0
  /// How many exceed it.
  private var above = 0
  /// How many lie under it by more than the depth.
  private var below = 0
  /// In dB.
  private let depth: Int

  /// - Parameters:
  ///   - levels: in dBov.
  ///   - depthDb: how far below the loud ones is far; not negative.
  init(_ levels: [Float], depthDb: Int) {
    self.levels = [UInt8](count: levels.count) { UInt8(min(127, max(0, Int(levels[$0]) + 127))) }
    depth = depthDb
  }

  /// Moves on; windows come in the order of time.
  mutating func slide(to next: Range<Int>) {
    count(window.lowerBound..<min(window.upperBound, next.lowerBound), by: -1)
    count(max(window.upperBound, next.lowerBound)..<next.upperBound, by: 1)
    window = next
    while above > window.count / Self.loudFraction {
      if loud >= depth { below += counts[loud - depth] }
      loud += 1
      above -= counts[loud]
    }
    while loud > 0, above + counts[loud] <= window.count / Self.loudFraction {
      above += counts[loud]
      loud -= 1
      if loud >= depth { below -= counts[loud - depth] }
    }
  }

  /// The share of levels that lie further below the loud ones than the depth.
  var shareBelowLoud: Float { Float(below) / Float(window.count) }

  private mutating func count(_ range: Range<Int>, by number: Int) {
    for index in range {
      let level = Int(levels[index])
      counts[level] += number
      if level > loud { above += number }
      if level < loud - depth { below += number }
    }
  }

  /// This part of a window is loud: of 4 s of speech the vowels of two words.
  private static let loudFraction = 10
}
