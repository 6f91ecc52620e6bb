/// What is reported as a finding.
public struct FindingSettings: Sendable, Hashable, Codable {
  /// The recording ends this soon after the customer's last word where the closing was rushed, in s.
  public var rushedClosingS = 0.5
  /// Dead air from this long is a finding, in s.
  public var deadAirS = 10.0
  /// Dead air from this long is an alert, in s.
  public var deadAirAlertS = 30.0
  /// Silence from this long between the last sound and the end of the recording is a finding, in s: who says goodbye
  /// hangs up within a few seconds.
  public var longTailS = 10.0
  /// Hold from this long is a finding, in s.
  public var longHoldS = 60.0
  /// From this many interruptions by the agent there is a finding.
  public var agentInterruptions = 2
  /// A turn of the agent from this long is a monologue, in s.
  public var monologueS = 60.0
  /// An answer after more than this is slow, in s.
  public var slowAnswerS = 20.0
  /// A greeting shorter than this is none, in s.
  public var greetingS = 0.7
  /// Holes per minute of speech from which the line is bad; fewer than three holes never are.
  public var dropoutsPerMin = 4.0
  /// Repeated packets per minute of speech from which the line is bad; fewer than three never are.
  public var repeatsPerMin = 4.0
  /// Legs out of step by this much are a finding, in s.
  public var legSkewS = 0.5
  /// Clipped runs per minute of speech from which the level is too high.
  public var clippingPerMin = 30.0
  /// Speech below this level is hard to follow, in dBov.
  public var lowLevelDbov = -36.0
  /// Leakage stronger than this is a finding, in dB.
  public var leakageDb = -30.0

  /// The shipped settings.
  public init() {}
}
