internal import CallModel

/// Pulses that belong together. Groups are lists of indices into the pulses given, which are in order of time; nothing
/// here needs a level or says what a group is called.
enum ToneGroups {
  /// The special information tones among some pulses: three, each higher than the one before, without a pause
  /// (ITU-T E.180).
  static func informationTones(in pulses: [Tone], among indices: [Int], settings: ToneSettings) -> [[Int]] {
    let lengths =
      Frames.count(milliseconds: informationShortestMs)...Frames.count(milliseconds: informationLongestMs)
    let candidates = indices.filter { lengths.contains(pulses[$0].frames.count) }
    func isAt(_ index: Int, _ frequency: Float) -> Bool {
      abs(pulses[index].first - frequency) < Float(settings.informationToleranceHz)
    }
    func next(after index: Int, at frequency: Float) -> Int? {
      candidates.first {
        isAt($0, frequency)
          && abs(pulses[$0].frames.lowerBound - pulses[index].frames.upperBound)
            <= Frames.count(milliseconds: informationPauseMs)
      }
    }
    return candidates.compactMap { first in
      guard isAt(first, informationHz[0]), let second = next(after: first, at: informationHz[1]),
        let third = next(after: second, at: informationHz[2])
      else { return nil }
      return [first, second, third]
    }
  }

  /// Runs of three beeps or more among some pulses that are alike and come at even intervals, as no voice does; the
  /// beeps that announce a recording are not among them.
  static func evenBeeps(in pulses: [Tone], among indices: [Int], settings: ToneSettings) -> [[Int]] {
    let intervals = ordered(
      Frames.count(seconds: settings.holdIntervalShortestS),
      Frames.count(seconds: settings.holdIntervalLongestS))
    let beeps = indices.filter { index in
      let pulse = pulses[index]
      return pulse.frames.count <= Frames.count(milliseconds: beepLongestMs) && !pulse.isKey
        && !pulse.isRecordingBeep(settings)
    }
    func interval(from earlier: Int, to later: Int) -> Int {
      pulses[later].frames.lowerBound - pulses[earlier].frames.lowerBound
    }
    func continues(_ group: [Int], _ beep: Int) -> Bool {
      guard let last = group.last, intervals.contains(interval(from: last, to: beep)) else { return false }
      guard let before = group.dropLast().last else { return true }
      return abs(interval(from: before, to: last) - interval(from: last, to: beep)) <= intervalTolerance
    }
    var groups: [[Int]] = []
    for beep in beeps {
      // The latest group of such beeps: what another machine sends between does not break it.
      let group = groups.lastIndex { $0.last.map { pulses[$0].isAlike(pulses[beep]) } == true }
      if let group, continues(groups[group], beep) {
        groups[group].append(beep)
      } else {
        groups.append([beep])
      }
    }
    return groups.filter { $0.count >= evenBeepsMinimum }
  }

  /// The cadences that some pulses make up: the same frequency again within the longest pause of a ring.
  ///
  /// - Parameter isBroken: whether something between two pulses says that they are no cadence.
  static func cadences(
    in pulses: [Tone], among indices: [Int], settings: ToneSettings, isBroken: (Tone, Tone) -> Bool
  ) -> [[Int]] {
    let reach = Frames.count(seconds: settings.ringPauseLongestS)
    var groups: [[Int]] = []
    for index in indices {
      let pulse = pulses[index]
      let group = groups.lastIndex { group in
        guard let last = group.last.map({ pulses[$0] }) else { return false }
        return pulse.frames.lowerBound - last.frames.upperBound < reach && last.sharesFrequency(with: pulse)
          && !isBroken(last, pulse)
      }
      if let group { groups[group].append(index) } else { groups.append([index]) }
    }
    return groups
  }

  /// The frequencies of special information tones, in Hz (ITU-T E.180).
  private static let informationHz: [Float] = [950, 1400, 1800]
  /// A special information tone lasts at least this long, in ms (ITU-T E.180: 330 +- 70; Bellcore: 274 - 5 %).
  private static let informationShortestMs = 220.0
  /// ... and at most this long, in ms (Bellcore: 380 + 5 %; ITU-T E.180: 400).
  private static let informationLongestMs = 440.0
  /// Special information tones pause or overlap at most this long, in ms: E.180 has pauses of 30, and the 64 ms window
  /// blurs where one ends.
  private static let informationPauseMs = 80.0
  /// A beep of a hold lasts at most this long, in ms; the rings of E.180 last 400 ms and more, but do not pause evenly.
  private static let beepLongestMs = 600.0
  /// Two intervals are even that differ by no more than this, in frames: machines keep theirs, people do not.
  private static let intervalTolerance = 20
  /// Two beeps have one interval; three have two that can be compared.
  private static let evenBeepsMinimum = 3
}

extension Tone {
  /// Whether another beep comes from the same machine: the same frequencies, level and length within what noise and
  /// codecs change.
  func isAlike(_ other: Tone) -> Bool {
    abs(first - other.first) < Self.alikeHz && abs(second - other.second) < Self.alikeHz
      && abs(level - other.level) < Self.alikeDb
      && abs(frames.count - other.frames.count) <= Self.alikeFrames
  }

  private static let alikeHz: Float = 5
  private static let alikeDb: Float = 3
  private static let alikeFrames = 3
}
