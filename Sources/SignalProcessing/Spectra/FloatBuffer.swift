internal import CFFTW3

/// Floats at one place in memory, zero at first, for loops that take four or eight of them at once.
///
/// Its owner frees it and is the only one to reach it; what reaches past `count` stops at `room`, where zeros
/// are that nobody reads.
struct FloatBuffer: ~Copyable {
  /// The first float, aligned as FFTW's vector code wants it.
  let base: UnsafeMutablePointer<Float>
  /// How many floats there are.
  let count: Int
  /// How far a vector may reach past the end.
  private static let room = 16

  /// A buffer of `count` zeros.
  init(count: Int) {
    let all = count + Self.room
    self.count = count
    base = fftwf_malloc(all * MemoryLayout<Float>.stride).bindMemory(to: Float.self, capacity: all)
    base.initialize(repeating: 0, count: all)
  }

  /// A buffer with these values.
  init(_ values: [Float]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { fftwf_free(base) }

  subscript(index: Int) -> Float {
    get { base[index] }
    nonmutating set { base[index] = newValue }
  }
}

extension UnsafeMutablePointer<Float> {
  /// Puts eight floats at `index`.
  @inline(__always)
  func set(_ index: Int, _ values: SIMD8<Float>) {
    UnsafeMutableRawPointer(self).storeBytes(of: values, toByteOffset: 4 &* index, as: SIMD8<Float>.self)
  }
}
