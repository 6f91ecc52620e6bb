/// The power spectra of two windows of samples by one complex transform: the first is its real part, the second
/// its imaginary part (2.8 times cheaper than two real transforms by our measurement).
struct SpectrumPair: ~Copyable {
  /// The samples in a window.
  let count: Int
  /// The sum of the squares of the window, a Hann window.
  let energy: Float
  private let window: FloatBuffer
  private let transform: ComplexTransform

  /// Spectra of windows of `count` samples.
  init(count: Int) {
    let values = Self.hann(count)
    self.count = count
    energy = values.reduce(0) { $0 + $1 * $1 }
    window = FloatBuffer(values)
    transform = ComplexTransform(count: count, direction: .forward)
  }

  /// Transforms the two windows that begin at these samples.
  func transform(_ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>) {
    let input = transform.input.base
    let window = window.base
    var index = 0
    while index < count {
      let weights = window.four(index)
      let a = first.four(index) * weights
      let b = second.four(index) * weights
      input.set(2 &* index, SIMD8(a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]))
      index &+= 4
    }
    transform.execute()
  }

  /// Four times the power of both windows at four bins from `bin` on, which is at least 1: first, second, first,
  /// and so on. Unpacked from the amplitudes, not from sums of powers, so that a loud window does not bury a
  /// quiet one.
  @inline(__always)
  func powers(_ bin: Int) -> SIMD8<Float> {
    let output = transform.output.base
    let here = output.eight(2 &* bin)
    let there = output.eight(2 &* (count &- bin &- 3))
    let mirror = SIMD8(there[6], there[7], there[4], there[5], there[2], there[3], there[0], there[1])
    let sum = here + mirror
    let difference = here - mirror
    let squares = difference * difference
    return sum * sum
      + SIMD8(
        squares[1], squares[0], squares[3], squares[2], squares[5], squares[4], squares[7], squares[6])
  }

  /// A Hann window of `count` values.
  static func hann(_ count: Int) -> [Float] {
    (0..<count).map { Float(0.5 - 0.5 * cosine(2 * Double.pi * (Double($0) + 0.5) / Double(count))) }
  }
}
