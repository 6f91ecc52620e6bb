import CallModel
import TestSupport

/// How many frames of 10 ms were found right and wrong.
struct FrameCounts {
  var hits = 0
  var misses = 0
  var falseAlarms = 0

  /// The harmonic mean of precision and recall; 1 where there is nothing to find.
  var f1: Double {
    let all = 2 * hits + misses + falseAlarms
    return all == 0 ? 1 : Double(2 * hits) / Double(all)
  }

  init() {}

  /// The frames of both legs, without those of recorded prompts: these are speech that is no party's.
  init(of summary: CallSummary, against truth: Truth) {
    for party in Party.allCases {
      let prompts = truth.other[party].filter { $0.kind == "prompt" }.map(\.range)
      self += FrameCounts(
        truth: truth.talkspurts[party], found: summary[party].talkspurts ?? [], except: prompts,
        duration: truth.duration)
    }
  }

  /// The frames of the one channel that carries both parties.
  init(ofMixed summary: CallSummary, against truth: Truth) {
    self.init(
      truth: truth.talkspurts.agent + truth.talkspurts.customer,
      found: summary.mixed?.talkspurts ?? [], duration: truth.duration)
  }

  /// The frames of one channel, without those of `except`.
  init(truth: [TimeRange], found: [TimeRange], except: [TimeRange] = [], duration: Seconds) {
    let frames = zip(Self.mask(truth, duration), Self.mask(found, duration))
    for (frame, isLeftOut) in zip(frames, Self.mask(except, duration)) where !isLeftOut {
      switch frame {
      case (true, true): hits += 1
      case (true, false): misses += 1
      case (false, true): falseAlarms += 1
      case (false, false): break
      }
    }
  }

  static func += (sum: inout FrameCounts, counts: FrameCounts) {
    sum.hits += counts.hits
    sum.misses += counts.misses
    sum.falseAlarms += counts.falseAlarms
  }

  static func mask(_ ranges: [TimeRange], _ duration: Seconds) -> [Bool] {
    var mask = [Bool](repeating: false, count: Int((duration * 100).rounded()))
    for range in ranges {
      let start = max(0, Int((range.start * 100).rounded()))
      let end = min(mask.count, Int((range.end * 100).rounded()))
      for frame in start..<max(start, end) { mask[frame] = true }
    }
    return mask
  }
}
