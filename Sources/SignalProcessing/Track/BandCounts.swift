internal import CVectors

/// How many blocks of frames have a power, band by band, in 16 even steps an octave.
public struct BandCounts: Sendable {
  /// The number of blocks.
  public internal(set) var blocks = 0
  /// Band by band; a power of two between bands would have them share places in the processor's cache.
  var counts = [Int32](repeating: 0, count: FrameFeatures.bandCount * row)
  static let row = steps + 16
  /// From 2^-55 to 2^9: the top bits of a float are its logarithm.
  private static let steps = 1 << 10

  /// The power, summed over a block, below which `rank` blocks have a band; nil where there are no more.
  public func power(band: Int, rank: Int32) -> Float? {
    var seen: Int32 = 0
    for step in 0..<Self.steps {
      seen += counts[band * Self.row + step]
      if seen > rank { return Float(bitPattern: UInt32(step + (72 << 4)) << 19 | 1 << 18) }
    }
    return nil
  }
}

extension LegTrack {
  /// Counts the powers in each band of blocks of `width` frames, one after the other, where all of their frames are
  /// taken.
  public func countBands(blocks width: Int, where taken: [Bool]) -> BandCounts {
    precondition(width > 0 && taken.count <= frames.count)
    var result = BandCounts()
    taken.withUnsafeBytes { taken in
      withBands { bands, stride in
        guard let base = taken.baseAddress, !frames.isEmpty else { return }
        result.blocks = countBandBlocks(
          bands, stride: stride, width: width, where: base.assumingMemoryBound(to: UInt8.self),
          count: taken.count, into: &result.counts, row: BandCounts.row)
      }
    }
    return result
  }
}
