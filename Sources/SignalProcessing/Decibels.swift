internal import CVectors

#if canImport(Glibc)
  internal import Glibc
#endif

/// Power in decibels: 10 log10, with a floor of -200 dB for zero. By the binary logarithm, which glibc has in a
/// quarter of the time.
@inline(__always) public func decibels(_ power: Float) -> Float {
  power > 1e-20 ? 3.01029996 * log2f(power) : -200
}

/// Turns powers into decibels times `scale`, as `decibels` does, to 3e-5.
public func toDecibels(_ powers: inout [Float], times scale: Float = 1) {
  powers.withUnsafeMutableBufferPointer { powers in
    guard let base = powers.baseAddress else { return }
    convertToDecibels(base, into: base, count: powers.count, times: scale)
  }
}

/// The power of a level in decibels.
@inline(__always) public func power(decibels: Float) -> Float { powf(10, decibels / 10) }
