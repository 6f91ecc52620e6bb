/// Why one frame of a channel counts as speech of its party or not.
public struct FrameExplanation: Sendable, Hashable, Codable {
  /// What decided.
  public enum Verdict: String, Sendable, Hashable, Codable {
    /// The evidence, for speech.
    case speech
    /// The evidence, against it.
    case noSpeech = "no_speech"
    /// No voice is on the channel, in the 9 minutes around at most.
    case noVoice = "no_voice"
    /// The line is digitally silent.
    case digitalSilence = "digital_silence"
    /// A tone or music is on the line.
    case toneOrMusic = "tone_or_music"
    /// The frame is too far below the party's loud talk.
    case tooSoft = "too_soft"
  }

  /// One kind of evidence.
  public struct Evidence: Sendable, Hashable, Codable {
    /// Its name: `noise`, `level`, `voice`, `core`, `timbre`, `otherLeg`, `dynamics` or `channel` of a channel alone;
    /// `thisLeg`, `otherLeg`, `turnTaking` or `softSounds` of both.
    public var block: String
    /// What it adds to the log-odds of speech.
    public var logOdds: Double
    /// What was measured, in words.
    public var features: [Feature]

    /// Evidence of these features.
    public init(block: String, logOdds: Double, features: [Feature]) {
      (self.block, self.logOdds, self.features) = (block, logOdds, features)
    }
  }

  /// A measured feature.
  public struct Feature: Sendable, Hashable, Codable {
    /// What it is.
    public var name: String
    /// Its value, in `unit`.
    public var value: Double
    /// The unit; empty for a number.
    public var unit: String

    /// A feature of this value.
    public init(name: String, value: Double, unit: String) {
      (self.name, self.value, self.unit) = (name, value, unit)
    }
  }

  /// Evidence that was added up.
  public struct Stage: Sendable, Hashable, Codable {
    /// What was asked.
    public enum Scope: String, Sendable, Hashable, Codable {
      /// The channel, with the level of the other one.
      case channel
      /// What the log-odds of both channels tell together.
      case bothChannels = "both_channels"
    }

    /// What was asked.
    public var scope: Scope
    /// The log-odds of speech by it.
    public var logOdds: Double
    /// The log-odds before anything is asked.
    public var prior: Double
    /// What each kind of evidence adds to the prior: the log-odds are the sum of all, cut to 8 to both sides.
    public var evidence: [Evidence]

    /// A stage of this evidence.
    public init(scope: Scope, logOdds: Double, prior: Double, evidence: [Evidence]) {
      (self.scope, self.logOdds, self.prior, self.evidence) = (scope, logOdds, prior, evidence)
    }
  }

  /// The channel of the recording.
  public var channel: Int
  /// The start of the frame, in seconds.
  public var time: Seconds
  /// What decided.
  public var verdict: Verdict
  /// The level of the frame, in dBov.
  public var levelDbov: Double
  /// The level under the party's loud talk, in dB; nil without a voice.
  public var depthDb: Double?
  /// The lowest depth that may be speech, in dB; nil without a voice.
  public var lowestDepthDb: Double?
  /// What was added up, the last of which decides; empty where the evidence is not asked.
  public var stages: [Stage]
  /// The log-odds of speech; nil where the evidence is not asked.
  public var logOdds: Double? { stages.last?.logOdds }

  /// An explanation of a frame.
  public init(
    channel: Int, time: Seconds, verdict: Verdict, levelDbov: Double, depthDb: Double? = nil,
    lowestDepthDb: Double? = nil, stages: [Stage] = []
  ) {
    (self.channel, self.time, self.verdict, self.levelDbov) = (channel, time, verdict, levelDbov)
    (self.depthDb, self.lowestDepthDb, self.stages) = (depthDb, lowestDepthDb, stages)
  }
}
