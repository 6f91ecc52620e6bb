internal import CFFTW3
internal import Synchronization

/// FFTW's planner is not thread-safe: every plan is made and destroyed under this lock. Executing plans needs
/// no lock.
private let plannerLock = Mutex(())

/// A complex discrete Fourier transform of one length with buffers of its own, single precision, unnormalised.
///
/// Planned with `FFTW_ESTIMATE`: no measuring, so that the same samples give the same bits in every run.
/// The owner of the plan and of both buffers; one per analysis, never shared.
public struct ComplexTransform: ~Copyable {
  /// The direction of a transform: the sign of the exponent.
  public enum Direction {
    case forward, backward
  }

  /// The number of complex points.
  public let count: Int
  /// `count` complex numbers as interleaved real and imaginary parts: what `execute` reads.
  let input: FloatBuffer
  /// `count` complex numbers as interleaved real and imaginary parts: what `execute` writes.
  let output: FloatBuffer
  private let plan: fftwf_plan

  /// A transform of `count` complex points.
  public init(count: Int, direction: Direction) {
    precondition(count > 0, "a transform needs points")
    self.count = count
    input = FloatBuffer(count: 2 * count)
    output = FloatBuffer(count: 2 * count)
    let sign = direction == .forward ? FFTW_FORWARD : FFTW_BACKWARD
    // Both are owned by this value alone: the lock's closure may have them.
    nonisolated(unsafe) let source = UnsafeMutableRawPointer(input.base).assumingMemoryBound(
      to: fftwf_complex.self)
    nonisolated(unsafe) let target = UnsafeMutableRawPointer(output.base).assumingMemoryBound(
      to: fftwf_complex.self)
    nonisolated(unsafe) var made: fftwf_plan?
    plannerLock.withLock { _ in
      made = fftwf_plan_dft_1d(Int32(count), source, target, sign, UInt32(1 << 6))  // FFTW_ESTIMATE
    }
    plan = made!
  }

  /// Transforms `input` into `output`; allocates nothing.
  public func execute() { fftwf_execute(plan) }

  deinit {
    nonisolated(unsafe) let plan = plan
    plannerLock.withLock { _ in fftwf_destroy_plan(plan) }
  }

  /// The smallest even number of points from `minimum` up whose only prime factors are 2, 3, 5 and 7: the
  /// lengths that FFTW transforms quickly.
  public static func quickCount(from minimum: Int) -> Int {
    var candidate = max(2, minimum + minimum % 2)
    while true {
      var rest = candidate
      for factor in [2, 3, 5, 7] { while rest % factor == 0 { rest /= factor } }
      if rest == 1 { return candidate }
      candidate += 2
    }
  }
}

/// The library that transforms, with its version, as in `fftw-3.3.10-sse2-avx`.
public var transformVersion: String { String(cString: fftwf_version_text()) }
