public import CallModel

/// The landmarks of some calls, by hash, with which other calls are compared.
public struct LandmarkIndex: Sendable {
  /// Fewer shared landmarks than this are chance: other voices share up to 5 in 2 s (our measurement).
  private static let minimumLandmarks = 8
  /// The minimum of shared landmarks in each second: the same recording gives 4 to 12 on other lines (our
  /// measurement).
  private static let minimumLandmarksPerS = 2.5
  /// A pause longer than this without a shared landmark ends a stretch, in s (our measurement).
  private static let gapS = 1.5
  /// Stretches of two calls whose distances differ by so many steps at most, and which overlap, are the same one:
  /// the sound matches a little beside its true distance too.
  private static let sameShiftSteps = 3

  private struct Entry {
    var hash: UInt32
    var call: Int32
    var step: Int32
  }

  private var entries: [Entry] = []
  private var places: [UInt32: Range<Int>] = [:]
  private let settings: PromptSettings

  /// An index of calls, which are numbered in their order.
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

  /// What each call of the index shares with the call `other`: runs of landmarks that stand at the same distance
  /// in both, long and dense enough.
  /// - Complexity: a look-up for each landmark of `other`, and the sorting of what is found.
  public func stretches(with other: Int64, _ landmarks: [Landmark]) -> [(call: Int, stretch: SharedStretch)] {
    let votes = votes(of: landmarks)
    var candidates: [Candidate] = []
    var index = 0
    while index < votes.count {
      // The grids of both calls need not agree: a distance may fall on two steps.
      let (call, shift) = (votes[index].call, votes[index].shift)
      let same = votes[index...].prefix { $0.call == call && $0.shift == shift }
      let next = votes[same.endIndex...].prefix { $0.call == call && $0.shift == shift + 1 }
      if same.count + next.count >= Self.minimumLandmarks {
        let steps = (same + next).map { Int($0.step) }.sorted()
        for (range, count) in runs(of: steps) {
          let stretch = SharedStretch(steps: range, other: other, shift: Int(shift))
          candidates.append(Candidate(call: Int(call), count: count, stretch: stretch))
        }
      }
      index = same.endIndex
    }
    return Self.best(of: candidates)
  }

  /// A landmark of the other call that a call of the index has as well, and the steps between both.
  private struct Vote {
    var call: Int32
    var shift: Int32
    var step: Int32
  }

  /// The landmarks that calls of the index have as well, by call, distance and place.
  private func votes(of landmarks: [Landmark]) -> [Vote] {
    var votes: [Vote] = []
    for landmark in landmarks {
      guard let place = places[landmark.hash] else { continue }
      for entry in entries[place] {
        votes.append(Vote(call: entry.call, shift: Int32(landmark.step) - entry.step, step: entry.step))
      }
    }
    votes.sort { ($0.call, $0.shift, $0.step) < ($1.call, $1.shift, $1.step) }
    return votes
  }

  /// The runs of sorted steps without a long gap that are long and dense enough, with their number of landmarks.
  private func runs(of steps: [Int]) -> [(Range<Int>, Int)] {
    var found: [(Range<Int>, Int)] = []
    var from = 0
    for index in steps.indices {
      guard index + 1 == steps.count || Double(steps[index + 1] - steps[index]) * Landmark.hop > Self.gapS
      else { continue }
      let range = steps[from]..<steps[index] + Landmark.span
      let (count, length) = (index + 1 - from, Double(range.count) * Landmark.hop)
      if count >= Self.minimumLandmarks, length >= settings.minimumS,
        Double(count) >= Self.minimumLandmarksPerS * length
      {
        found.append((range, count))
      }
      from = index + 1
    }
    return found
  }

  /// A stretch that a call of the index shares, at one distance.
  private struct Candidate {
    var call: Int
    /// The number of landmarks that are shared.
    var count: Int
    var stretch: SharedStretch
  }

  /// The same stretch is found at neighbouring distances: the one with the most landmarks is kept.
  private static func best(of candidates: [Candidate]) -> [(call: Int, stretch: SharedStretch)] {
    var kept: [(call: Int, stretch: SharedStretch)] = []
    let ranked = candidates.sorted {
      ($1.count, $0.call, $0.stretch.shift) < ($0.count, $1.call, $1.stretch.shift)
    }
    for candidate in ranked {
      let isKnown = kept.contains {
        $0.call == candidate.call && abs($0.stretch.shift - candidate.stretch.shift) <= sameShiftSteps
          && $0.stretch.steps.overlaps(candidate.stretch.steps)
      }
      if !isKnown { kept.append((candidate.call, candidate.stretch)) }
    }
    return kept
  }
}
