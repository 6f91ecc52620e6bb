import CVectors

/// The sums of the samples of each channel, in LSB.
///
/// - Parameter samples: those of all channels in turn, from the first on.
/// - Precondition: 1, 2, 4, 8 or 16 channels.
/// - Complexity: O(n), a third of an instruction a sample.
public func channelSums(_ samples: UnsafeBufferPointer<Int16>, channels: Int) -> [Int] {
  precondition(16 % channels == 0, "sums are those of 16 places")
  guard let base = samples.baseAddress else { return [Int](repeating: 0, count: channels) }
  var places = [Int64](repeating: 0, count: 16)
  sumPlaces(base, count: samples.count, into: &places)
  return (0..<channels).map { channel in
    stride(from: channel, to: 16, by: channels).reduce(0) { $0 + Int(places[$1]) }
  }
}
