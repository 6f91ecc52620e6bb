internal import CallModel

/// How a call ended, and where to listen to it.
struct EndingVerdict {
  /// The verdict.
  var ending: Ending
  /// Where to listen from, in seconds; to the end of the recording.
  var from: Seconds

  /// Without a better place one listens to the last 10 s.
  static func lastSeconds(of duration: Seconds) -> Seconds { max(0, duration - 10) }

  /// A verdict; one listens to the last seconds of the recording.
  init(_ ending: Ending, atTheEndOf duration: Seconds) {
    self.init(ending, from: Self.lastSeconds(of: duration))
  }

  /// A verdict and where to listen from, in seconds.
  init(_ ending: Ending, from: Seconds) {
    self.ending = ending
    self.from = from
  }
}
