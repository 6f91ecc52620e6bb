/// Frames that are being measured, at one place in memory. Their owner frees them.
struct FreshFrames: ~Copyable {
  /// The first frame.
  let base: UnsafeMutablePointer<FrameFeatures>

  /// So many frames without anything.
  init(count: Int) {
    base = .allocate(capacity: count)
    base.initialize(repeating: FrameFeatures(), count: count)
  }

  deinit { base.deallocate() }
}
