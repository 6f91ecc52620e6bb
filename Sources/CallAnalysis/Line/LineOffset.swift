internal import CallModel
internal import SignalProcessing

/// Takes the constant offset off each leg before anything is measured. Converters add one; with it silence has a level, and
/// packets that never arrived are no silence.
///
/// Works on blocks of its own, so that the answer does not depend on those in which samples come.
struct LineOffset {
  /// What is known of the offset of a leg.
  private struct Estimate {
    /// In LSB; 0 where there is none.
    var value = 0
    /// The range of the samples in the hop that showed it, in LSB: the smaller, the surer.
    var spread = Int.max
  }

  /// The samples of the block, interleaved.
  private(set) var samples: [Int16] = []
  private let channels: Int
  private let legChannels: [Int]
  /// The magnitude at which the codec clips, in LSB: such samples stay, so that they are found to be clipped.
  private let ceiling: Int
  /// The sample frames of 10 ms.
  private let hop: Int
  private var estimates: [Estimate]

  /// The hops of a block, 2 s: there is a pause in most, and few voices have a mean of `lowest` over it.
  private static let blockHops = 2 * Frames.perSecond
  /// An offset below this is none, in LSB: -60 dBov.
  private static let lowest = 32
  /// An offset that moves by more than this has changed, and quiet hops differ by no more, in LSB: noise of -50 dBov moves
  /// their means by less.
  private static let tolerance = 48
  /// This part of the hops of a block is quiet: a pause of 100 ms is in most.
  private static let quietPart = 20
  /// A rest of fewer hops than this says nothing of its own.
  private static let minimumHops = 50

  init(sampleRate: Int, channels: Int, legChannels: [Int], ceiling: Int) {
    self.channels = channels
    self.legChannels = legChannels
    self.ceiling = ceiling
    hop = max(1, sampleRate / Frames.perSecond)
    estimates = legChannels.map { _ in Estimate() }
    samples.reserveCapacity(capacity)
  }

  /// The samples of a block.
  private var capacity: Int { hop * Self.blockHops * channels }
  /// The hops that are there.
  private var hops: Int { samples.count / (hop * channels) }

  /// Whether a block is there.
  var isFull: Bool { samples.count == capacity }

  /// Takes as many of the next samples as the block has room for, and returns how many.
  mutating func fill(_ next: Span<Int16>) -> Int {
    let count = min(next.count, capacity - samples.count)
    next.extracting(0..<count).withUnsafeBufferPointer { samples.append(contentsOf: $0) }
    return count
  }

  /// Forgets the block.
  mutating func removeAll() { samples.removeAll(keepingCapacity: true) }

  /// Takes the offsets off the samples that are there.
  mutating func correct() {
    if hops >= Self.minimumHops {
      let means = means()
      for (leg, channel) in legChannels.enumerated() { estimate(leg, channel: channel, mean: means[channel]) }
    }
    for (leg, channel) in legChannels.enumerated() where estimates[leg].value != 0 {
      for index in stride(from: channel, to: samples.count, by: channels) {
        let sample = Int(samples[index])
        if abs(sample) < ceiling { samples[index] = Int16(clamping: sample - estimates[leg].value) }
      }
    }
  }

  /// The mean of each channel, in LSB.
  private func means() -> [Int] {
    let length = hops * hop
    return samples.withUnsafeBufferPointer { samples in
      channelSums(UnsafeBufferPointer(rebasing: samples[..<(length * channels)]), channels: channels)
    }.map { $0 / length }
  }

  /// Follows the offset of a leg whose mean over the block is known, in LSB. The mean shows that there may be one, the quiet
  /// hops what it is: deep voices move the mean as well, but not that of their pauses.
  private mutating func estimate(_ leg: Int, channel: Int, mean: Int) {
    guard abs(mean) >= Self.lowest || estimates[leg].value != 0 else { return }
    let quiet = (0..<hops).map { range(ofHop: $0, channel: channel) }.sorted { $0.spread < $1.spread }
      .prefix(max(1, hops / Self.quietPart))
    guard let quietest = quiet.first,
      quiet.allSatisfy({ abs($0.value - quietest.value) <= Self.tolerance })
    else { return }
    if abs(quietest.value) < Self.lowest {
      // Digital silence in a line with an offset is what stands for lost packets; noise about zero has none.
      if quietest.spread > 0 { estimates[leg] = Estimate() }
    } else if quietest.spread < estimates[leg].spread
      || abs(quietest.value - estimates[leg].value) > Self.tolerance
    {
      estimates[leg] = quietest
    }
  }

  /// The mean of a hop of a channel, and the range of its samples.
  private func range(ofHop index: Int, channel: Int) -> Estimate {
    var (sum, lowest, highest) = (0, Int.max, Int.min)
    for place in stride(
      from: index * hop * channels + channel, to: (index + 1) * hop * channels, by: channels)
    {
      let sample = Int(samples[place])
      sum += sample
      (lowest, highest) = (min(lowest, sample), max(highest, sample))
    }
    return Estimate(value: Int((Double(sum) / Double(hop)).rounded()), spread: highest - lowest)
  }
}
