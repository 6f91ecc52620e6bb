internal import CallModel

/// Everything found on the legs of a call, in frames of the call.
struct CallRecord {
  /// What was found on each leg: one or two.
  var legs: [LegRecord]
  /// The frames of the call.
  var frameCount: Int
  /// The share of compared frames in which both legs carry the same sound, 0 to 1.
  var sameShare: Double
  /// The stretches in which they do.
  var shared: [FrameRange]

  /// Fewer compared frames than 1 s tell nothing.
  static let minimumCompared = Frames.perSecond
  /// From this share on both legs are one channel that carries both parties.
  private static let sameChannel = 0.95

  /// Whether one channel carries both parties: the only leg, or both legs alike.
  var isShared: Bool { legs.count == 1 || sameShare > Self.sameChannel }
}
