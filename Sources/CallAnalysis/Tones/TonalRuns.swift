internal import CallModel
internal import SignalProcessing

/// Runs of steps that carry the same tone, with the holes of lost packets bridged.
struct TonalRuns {
  let lines: ToneLines
  /// The level of each frame in dBov.
  let level: [Float]
  let settings: ToneSettings

  /// The runs, in order; they do not overlap.
  func find() -> [Range<Int>] {
    let lowest = Float(settings.lowestDbov) - Self.edgeDepthDb
    var result: [Range<Int>] = []
    var start: Int?
    func close(_ end: Int) {
      guard let from = start else { return }
      start = nil
      guard end - from >= Self.minimumSteps else { return }
      if let last = result.last, isBridged(last, from..<end) {
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(from..<end)
      }
    }
    let count = level.count / Frames.perStep
    for step in 0..<count {
      let isTonal = level[Frames.perStep * step] > lowest && lines.isTonal(step)
      if let from = start, !isTonal || step > from && !lines.isSame(step - 1, step) { close(step) }
      if isTonal && start == nil { start = step }
    }
    close(count)
    return result
  }

  /// Whether two runs are one tone with a hole in it.
  private func isBridged(_ a: Range<Int>, _ b: Range<Int>) -> Bool {
    let isKey = lines.key(b.lowerBound) != nil
    let bridge = Frames.count(milliseconds: isKey ? Self.keyBridgeMs : Self.bridgeMs)
    guard Frames.perStep * (b.lowerBound - a.upperBound) <= bridge + Self.windowFrames else { return false }
    let (middle, next) = ((a.lowerBound + a.upperBound) / 2, (b.lowerBound + b.upperBound) / 2)
    guard lines.isSame(a.upperBound - 1, b.lowerBound) || lines.isSame(middle, next) else { return false }
    let between = Frames.perStep * middle..<Frames.perStep * next
    let floor = min(level[between.lowerBound], level[between.upperBound]) - Self.edgeDepthDb
    return level[between].count { $0 < floor } <= bridge
  }

  /// Shorter runs are chance, in steps.
  private static let minimumSteps = 2
  /// The window blurs a hole by half its length of 64 ms on both sides, in frames.
  private static let windowFrames = 6
  /// A tone has ended where the level lies this far below it, in dB: noise beneath a tone lies as far below at least.
  static let edgeDepthDb: Float = 10
  /// Gaps in a tone up to this long are bridged, in ms: lost packets tear holes of 20 to 60 ms; the shortest pause of
  /// a cadence lasts 165 ms.
  static let bridgeMs = 80.0
  /// Gaps in the tone of a key up to this long are bridged, in ms: two presses of one key are further apart.
  private static let keyBridgeMs = 40.0
}
