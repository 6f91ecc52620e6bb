/// Floats for vectors and transforms.
typealias FloatBuffer = VectorBuffer<Float>

/// Numbers at one place in memory, zero at first, for loops that take several of them at once.
///
/// Its owner frees it and is the only one to reach it; what reaches past `count` stops at `room`, where zeros
/// are that nobody reads.
struct VectorBuffer<Number: Numeric>: ~Copyable {
  /// The first number, at the beginning of a line of the cache: FFTW is up to a tenth slower where its vectors lie across
  /// two (our measurement).
  let base: UnsafeMutablePointer<Number>
  /// How many numbers there are.
  let count: Int
  /// How far a vector may reach past the end.
  private static var room: Int { 16 }
  private static var alignment: Int { 64 }

  /// A buffer of `count` zeros.
  init(count: Int) {
    let all = count + Self.room
    self.count = count
    base = UnsafeMutableRawPointer.allocate(
      byteCount: all * MemoryLayout<Number>.stride, alignment: Self.alignment
    ).bindMemory(to: Number.self, capacity: all)
    base.initialize(repeating: 0, count: all)
  }

  /// A buffer with these values.
  init(_ values: [Number]) {
    self.init(count: values.count)
    for (index, value) in values.enumerated() { base[index] = value }
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  subscript(index: Int) -> Number {
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
