internal import CallModel

/// Tells whether other people may talk in the room of a party, and how soft its own voice is at most.
///
/// The voice at the telephone keeps most of its voiced runs within some 13 dB of its loudest. Where much lies below,
/// other people talk in the room, and the levels of the runs have a valley between the party and them.
enum RoomVoices {
  /// The share of voiced frames in soft runs that stand apart, above which other people talk in the room: a party alone
  /// has under 0.01 (our measurement).
  private static let minimumShare = 0.045
  /// How far below the loud talk the peak of a soft run lies, in dB: a party alone has few of them.
  private static let softDb: Float = 13
  /// A soft run further than this from a loud one stands apart, in ms: a party's own soft runs stand beside its loud
  /// ones, those of the room stand anywhere (our measurement).
  static let apartMs = 300.0
  /// Where the valley is looked for, in whole dB below the loud talk (our measurement).
  private static let valley = 8...14
  /// How far below the loud talk levels are counted, in dB.
  private static let range = 40

  /// How far below the loud talk the peaks of a party's runs lie at most, in dB; nil where nobody else talks in the
  /// room.
  ///
  /// - Parameter runs: the voiced runs of a leg in ascending order, each with its peak in dB over the loud talk.
  static func depth(_ runs: [(frames: FrameRange, peak: Float)]) -> Float? {
    guard shareApart(runs) > minimumShare else { return nil }
    var counts = [Float](repeating: 0, count: range)
    for (frames, peak) in runs where peak > -Float(range - 1) && peak < 0 {
      counts[Int(-peak)] += Float(frames.count)
    }
    func smoothed(_ at: Int) -> Float {
      counts[at] * 3 + (counts[at - 1] + counts[at + 1]) * 2 + counts[at - 2] + counts[at + 2]
    }
    let lowest = valley.min { smoothed($0) < smoothed($1) } ?? valley.upperBound
    return Float(lowest) + 0.5
  }

  /// The share of voiced frames in soft runs that stand apart from loud ones, 0 to 1.
  static func shareApart(_ runs: [(frames: FrameRange, peak: Float)]) -> Double {
    let loud = runs.filter { $0.peak >= -softDb }.map(\.frames)
    let apart = Frames.count(milliseconds: apartMs)
    var next = 0
    var result = 0
    for (run, peak) in runs where peak < -softDb {
      while next < loud.count, loud[next].upperBound <= run.lowerBound { next += 1 }
      let before = next > 0 ? run.lowerBound - loud[next - 1].upperBound : Int.max
      let after = next < loud.count ? loud[next].lowerBound - run.upperBound : Int.max
      if min(before, after) > apart { result += run.count }
    }
    return Double(result) / Double(max(1, runs.reduce(0) { $0 + $1.frames.count }))
  }
}
