import CVectors

/// The sums of the samples of each channel, in LSB.
///
/// - Parameter samples: those of all channels in turn, from the first on.
/// - Complexity: O(n); an instruction a sample where 16 is a multiple of the channels (our measurement).
public func channelSums(_ samples: UnsafeBufferPointer<Int16>, channels: Int) -> [Int] {
  guard 16 % channels == 0, let base = samples.baseAddress else {
    return (0..<channels).map { channel in
      stride(from: channel, to: samples.count, by: channels).reduce(0) { $0 + Int(samples[$1]) }
    }
  }
  var places = [Int64](repeating: 0, count: 16)
  sumPlaces(base, count: samples.count, into: &places)
  return (0..<channels).map { channel in
    stride(from: channel, to: 16, by: channels).reduce(0) { $0 + Int(places[$1]) }
  }
}
