/// Positions in a call in analysis frames: a half-open range of frame indices.
public typealias FrameRange = Range<Int>

/// The frame clock: the one place that knows how many frames make a second.
///
/// An analysis frame begins every hop of 10 ms, whatever the sample rate. A step is two frames: the spectra of
/// 64 ms are taken once a step.
public enum Frames {
  /// Frames in a second.
  public static let perSecond = 100
  /// The hop in milliseconds.
  public static let hopMs = 10.0
  /// Frames in a step.
  public static let perStep = 2

  /// A position or a length in frames, in seconds.
  public static func seconds(_ frames: Int) -> Seconds { Double(frames) / Double(perSecond) }

  /// A range of frames, in seconds.
  public static func range(_ frames: FrameRange) -> TimeRange {
    TimeRange(seconds(frames.lowerBound), seconds(frames.upperBound))
  }

  /// Seconds as whole frames, rounded half away from zero.
  public static func count(seconds: Seconds) -> Int { Int((seconds * Double(perSecond)).rounded()) }

  /// Milliseconds as whole frames, rounded half away from zero, at least one.
  public static func count(milliseconds: Double) -> Int { max(1, Int((milliseconds / hopMs).rounded())) }
}
