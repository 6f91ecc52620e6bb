internal import CallModel

/// The power that another leg's voice brings to a leg.
public struct LeakedPower: Sendable {
  /// The leg whose voice it is.
  public let source: LegTrack
  /// How many frames later it is heard.
  public let lag: Int
  /// The power gain in each band.
  private let gains: [Float]
  /// By how much more it is in each second; empty where it stands.
  private let course: [Float]

  /// A leak by its lag in frames, its power gain in each band, and the factor of these in each second, which may be
  /// empty.
  public init(source: LegTrack, lag: Int, gains: [Float], course: [Float]) {
    precondition(gains.count == FrameFeatures.bandCount)
    self.source = source
    self.lag = lag
    self.gains = gains
    self.course = course
  }

  /// The power gain in each band around a frame.
  func gains(atFrame frame: Int) -> [Float] {
    guard !course.isEmpty else { return gains }
    let factor = course[min(frame / Frames.perSecond, course.count - 1)]
    return gains.map { $0 * factor }
  }
}
