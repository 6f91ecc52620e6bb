/// The samples of one or two legs that windows still need, in LSB, taken from interleaved blocks.
struct LegSamples: ~Copyable {
  /// The index in the call behind the last sample.
  private(set) var end = 0
  private let channels: Int
  private let legChannels: [Int]
  /// Leg behind leg.
  private let samples: FloatBuffer
  /// How many samples of a leg there is room for.
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
    samples = FloatBuffer(count: 2 * room)
  }

  /// How many more samples of each leg there is room for.
  var free: Int { room - held }

  /// The samples of a leg from one of the call on.
  func leg(_ leg: Int, from start: Int) -> UnsafePointer<Float> {
    UnsafePointer(samples.base + leg * room + start - first)
  }

  /// Appends interleaved samples to those of the legs, for which there is room.
  mutating func append(_ source: UnsafeBufferPointer<Int16>) {
    guard let base = source.baseAddress else { return }
    let count = source.count / channels
    precondition(count <= free)
    let left = samples.base + held
    let right = left + room
    if channels == 2, legChannels == [0, 1] {
      // Both samples of an instant are taken as one number of 32 bits, the left one in its lower half.
      let pairs = UnsafeRawPointer(base)
      for index in 0..<count {
        let pair = Int32(littleEndian: pairs.loadUnaligned(fromByteOffset: 4 &* index, as: Int32.self))
        left[index] = Float((pair &<< 16) &>> 16)
        right[index] = Float(pair &>> 16)
      }
    } else {
      let channels = channels
      for (target, channel) in zip([left, right], legChannels) {
        let first = base + channel
        for index in 0..<count { target[index] = Float(first[index &* channels]) }
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
    for leg in legChannels.indices {
      let base = samples.base + leg * room
      base.update(from: base + surplus, count: held)
    }
  }

  /// Puts so many zeros behind the call, for which there is room.
  func close(silence: Int) {
    precondition(silence <= free)
    for leg in legChannels.indices {
      (samples.base + leg * room + held).update(repeating: 0, count: silence)
    }
  }
}
