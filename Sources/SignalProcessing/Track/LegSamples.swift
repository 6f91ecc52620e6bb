/// The samples of one or two legs that windows still need, in LSB, taken from interleaved blocks. They lie in pairs, the
/// first leg's before the second's, so that one vector holds both; of one leg alone the second is 0.
struct LegSamples: ~Copyable {
  /// The index in the call behind the last sample.
  private(set) var end = 0
  private let channels: Int
  private let legChannels: [Int]
  /// Pair behind pair.
  private let samples: VectorBuffer<Int16>
  /// How many pairs there is room for.
  private let room: Int
  /// How many there are.
  private var held: Int
  /// The index in the call of the first of them.
  private var first: Int

  /// Room for so many samples of each leg. `silence` zeros stand before the call.
  init(channels: Int, legChannels: [Int], room: Int, silence: Int) {
    self.channels = channels
    self.legChannels = legChannels
    self.room = room
    held = silence
    first = -silence
    samples = VectorBuffer(count: 2 * room)
  }

  /// How many more samples of each leg there is room for.
  var free: Int { room - held }

  /// The samples of a leg from one of the call on: every second one from here.
  func leg(_ leg: Int, from start: Int) -> UnsafePointer<Int16> {
    UnsafePointer(samples.base + 2 * (start - first) + leg)
  }

  /// Appends interleaved samples to those of the legs, for which there is room.
  mutating func append(_ source: UnsafeBufferPointer<Int16>) {
    guard let base = source.baseAddress else { return }
    let count = source.count / channels
    precondition(count <= free)
    let pairs = samples.base + 2 * held
    if channels == 2, legChannels == [0, 1] {
      pairs.update(from: base, count: 2 * count)
    } else {
      let channels = channels
      for (leg, channel) in legChannels.enumerated() {
        let (source, target) = (base + channel, pairs + leg)
        for index in 0..<count { target[2 &* index] = source[index &* channels] }
      }
    }
    held += count
    end += count
  }

  /// Forgets the samples before one of the call.
  mutating func forget(before start: Int) {
    let surplus = start - first
    guard surplus > 0 else { return }
    held -= surplus
    first = start
    samples.base.update(from: samples.base + 2 * surplus, count: 2 * held)
  }

  /// Puts so many zeros behind the call, for which there is room.
  func close(silence: Int) {
    precondition(silence <= free)
    (samples.base + 2 * held).update(repeating: 0, count: 2 * silence)
  }
}
