public import CallModel

/// A stretch of one call that is heard in another as well.
public struct SharedStretch: Sendable, Hashable {
  /// Where it is in the call, in steps of 20 ms.
  public var steps: Range<Int>
  /// The other call.
  public var other: Int64
  /// The steps from its place in the call to its place in the other.
  public var shift: Int

  /// Where it is in the other call, in steps of 20 ms.
  public func mapped(_ steps: Range<Int>) -> Range<Int> {
    let part = steps.clamped(to: self.steps)
    return part.lowerBound + shift..<part.upperBound + shift
  }
}

/// The landmarks of some calls, by hash, to hold other calls against.
public struct LandmarkIndex: Sendable {
  private struct Entry {
    var hash: UInt32
    var call: Int32
    var step: Int32
  }

  private var entries: [Entry] = []
  private var places: [UInt32: Range<Int>] = [:]
  private let settings: PromptSettings

  /// An index of calls, which are numbered as they come.
  /// - Complexity: 12 bytes a landmark and 16 a hash.
  public init(_ calls: [[Landmark]], settings: PromptSettings) {
    self.settings = settings
    for (call, landmarks) in calls.enumerated() {
      entries += landmarks.map { Entry(hash: $0.hash, call: Int32(call), step: Int32($0.step)) }
    }
    entries.sort { ($0.hash, $0.call, $0.step) < ($1.hash, $1.call, $1.step) }
    var from = 0
    for index in entries.indices
    where index + 1 == entries.count || entries[index + 1].hash != entries[index].hash {
      places[entries[index].hash] = from..<index + 1
      from = index + 1
    }
  }

  private struct Vote {
    var call: Int32
    var shift: Int32
    var step: Int32
  }

  /// What each call of the index shares with the call `other`: runs of landmarks that stand at the same distance
  /// in both, long and dense enough.
  /// - Complexity: a look-up for each landmark of `other`, and the sorting of what is found.
  public func stretches(with other: Int64, _ landmarks: [Landmark]) -> [(call: Int, stretch: SharedStretch)] {
    var votes: [Vote] = []
    for landmark in landmarks {
      guard let place = places[landmark.hash] else { continue }
      for entry in entries[place] {
        votes.append(Vote(call: entry.call, shift: Int32(landmark.step) - entry.step, step: entry.step))
      }
    }
    votes.sort { ($0.call, $0.shift, $0.step) < ($1.call, $1.shift, $1.step) }
    var runs: [(call: Int, count: Int, stretch: SharedStretch)] = []
    var index = 0
    while index < votes.count {
      // The grids of both calls need not agree: a distance may fall on two steps.
      let (call, shift) = (votes[index].call, votes[index].shift)
      let same = votes[index...].prefix { $0.call == call && $0.shift == shift }
      let next = votes[same.endIndex...].prefix { $0.call == call && $0.shift == shift + 1 }
      if same.count + next.count >= settings.minimumLandmarks {
        let steps = (same + next).map { Int($0.step) }.sorted()
        for (range, count) in self.runs(of: steps) {
          runs.append((Int(call), count, SharedStretch(steps: range, other: other, shift: Int(shift))))
        }
      }
      index = same.endIndex
    }
    // The same run is found at neighbouring distances: the best one stands for all.
    var kept: [(call: Int, stretch: SharedStretch)] = []
    for run in runs.sorted(by: {
      ($1.count, $0.call, $0.stretch.shift) < ($0.count, $1.call, $1.stretch.shift)
    }) {
      let isKnown = kept.contains {
        $0.call == run.call && abs($0.stretch.shift - run.stretch.shift) <= 3
          && $0.stretch.steps.overlaps(run.stretch.steps)
      }
      if !isKnown { kept.append((run.call, run.stretch)) }
    }
    return kept
  }

  /// The runs of sorted steps without a long gap that are long and dense enough, with their landmarks.
  private func runs(of steps: [Int]) -> [(Range<Int>, Int)] {
    var found: [(Range<Int>, Int)] = []
    var from = 0
    for index in steps.indices {
      guard index + 1 == steps.count || Double(steps[index + 1] - steps[index]) * Landmark.hop > settings.gapS
      else { continue }
      let range = steps[from]..<steps[index] + Landmark.span
      let (count, length) = (index + 1 - from, Double(range.count) * Landmark.hop)
      if count >= settings.minimumLandmarks, length >= settings.minimumS,
        Double(count) >= settings.landmarksPerS * length
      {
        found.append((range, count))
      }
      from = index + 1
    }
    return found
  }
}
