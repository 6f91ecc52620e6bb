internal import CFFTW3
internal import Synchronization

/// FFTW's planner is not thread-safe: every plan is made and destroyed under this lock. Executing plans needs
/// no lock.
private let plannerLock = Mutex(())

/// What FFTW's planner found out once about the transforms of calls of 8 and 16 kHz on a processor with AVX, as
/// `FFTW_PATIENT` would at half a second each time: they run by a fifth faster. FFTW passes over what was not
/// written by its own version and build on such a processor, and estimates.
private let wisdom = """
  (fftw-3.3.10 fftwf_wisdom #x9e7d4dee #xdb14fed1 #x34bf76a4 #xeb6e8fdf
    (fftwf_codelet_t2fv_8_avx 0 #x11048 #x11048 #x0 #xfeec02f8 #xbbf06357 #xb26e7a2b #xf7b9dcb8)
    (fftwf_codelet_t2fv_32_avx 0 #x11048 #x11048 #x0 #x2c50659a #x343a7df7 #xd727540d #xacfea1f9)
    (fftwf_codelet_n2fv_8_avx 0 #x11048 #x11048 #x0 #xa65d78bf #x28c8422e #x8fef6075 #xac0aeb71)
    (fftwf_codelet_n2fv_32_avx 0 #x11048 #x11048 #x0 #x407181dc #x8a77cb1e #xa88df8c5 #xa32373b5)
    (fftwf_codelet_t2fv_32_avx 0 #x11048 #x11048 #x0 #xc6ca45ce #xf08c5f4a #x61a53ade #xe5e374c8)
    (fftwf_codelet_n2fv_64_avx 0 #x11048 #x11048 #x0 #x60f7dd6b #xe5962c71 #x960dc0f4 #x2fbec2ab)
  )
  """

/// Whether FFTW could use the wisdom; evaluated under the planner's lock.
private let isWise = fftwf_import_wisdom_from_string(wisdom) == 1

/// A forward complex discrete Fourier transform of one length with buffers of its own, single precision, unnormalised.
///
/// Planned with `FFTW_ESTIMATE` and wisdom: nothing is measured, so that the same samples give the same bits in
/// every run. The owner of the plan and of both buffers; one per analysis, never shared.
struct ComplexTransform: ~Copyable {
  /// The number of complex points.
  let count: Int
  /// `count` complex numbers as interleaved real and imaginary parts: what `execute` reads and leaves as it is.
  let input: FloatBuffer
  /// `count` complex numbers as interleaved real and imaginary parts: what `execute` writes.
  let output: FloatBuffer
  private let plan: fftwf_plan

  /// A transform of `count` complex points.
  init(count: Int) {
    precondition(count > 0, "a transform needs points")
    self.count = count
    input = FloatBuffer(count: 2 * count)
    output = FloatBuffer(count: 2 * count)
    // Both are owned by this value alone: the lock's closure may have them.
    nonisolated(unsafe) let source = UnsafeMutableRawPointer(input.base).assumingMemoryBound(
      to: fftwf_complex.self)
    nonisolated(unsafe) let target = UnsafeMutableRawPointer(output.base).assumingMemoryBound(
      to: fftwf_complex.self)
    nonisolated(unsafe) var made: fftwf_plan?
    plannerLock.withLock { _ in
      _ = isWise
      made = fftwf_plan_dft_1d(Int32(count), source, target, FFTW_FORWARD, Self.estimate)
    }
    guard let made else { preconditionFailure("FFTW has a plan for every length") }
    plan = made
  }

  /// Transforms `input` into `output`; allocates nothing.
  func execute() { fftwf_execute(plan) }

  deinit {
    nonisolated(unsafe) let plan = plan
    plannerLock.withLock { _ in fftwf_destroy_plan(plan) }
  }

  /// `FFTW_ESTIMATE`, a macro that Swift does not import.
  private static let estimate: UInt32 = 1 << 6

  /// The smallest even number of points from `minimum` up whose only prime factors are 2, 3, 5 and 7: the
  /// lengths that FFTW transforms quickly.
  static func quickCount(from minimum: Int) -> Int {
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
