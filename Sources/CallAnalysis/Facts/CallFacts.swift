internal import CallModel

/// What was found in a call, in frames and by party, before it is put into seconds and words: the summary is a mapping
/// of this and nothing else.
struct CallFacts {
  /// How the parties lie on the channels of the file.
  enum Layout {
    /// Each party has a channel.
    case separate
    /// One channel carries both.
    case oneChannel
    /// Two channels carry the same sound, both parties.
    case sameOnBoth
  }

  var layout: Layout
  /// The length of the recording, in frames and in seconds.
  var frameCount: Int
  var duration: Seconds
  /// Who is on which channel, or which voice is whose, and how that is known.
  var roles: Roles
  /// What was found of each party; nil where one channel carries both and they cannot be told apart.
  var parties: ByParty<PartyFacts>?
  /// The channel that carries both parties; nil where each has its own.
  var channel: ChannelFacts?
  /// Turns, interruptions, backchannels; nil where the parties cannot be told apart.
  var turns: Turns<Party>?
  /// Stretches of at least `deadAir.minimumS` in which nothing is heard.
  var deadAir: [DeadAir]
  /// How many stretches there are, of at least so many seconds, in which nothing is heard; by length.
  var deadAirCounts: [(length: Seconds, count: Int)]
  /// The frame from which nothing is heard to the end of the recording; nil where nothing is heard at all.
  var tailStart: Int?
  /// Where fax machines are heard.
  var fax: [FrameRange]
  /// Whether the legs are in step; nil on one channel.
  var skew: LegSkew?
  /// The stretches in which both legs carry the same sound.
  var shared: [FrameRange]
  var opening: OpeningFacts
  var ending: EndingVerdict

  /// The lengths in seconds from which dead air is counted.
  static let deadAirLengths: [Seconds] = [3, 5, 10, 15, 30]
}

/// What was found of one party.
struct PartyFacts {
  /// The channel of the file it is on.
  var channel: Int
  /// What was found on its leg, or of its voice.
  var record: LegRecord
  /// The tone signals of its leg; none on a channel that carries both.
  var signals: [ToneSignal] = []
  /// The transfers that its leg shows; none on a channel that carries both.
  var transfers: [Transfer] = []
  /// Whether its share of the talk can be trusted.
  var talkConfidence: Confidence
  /// Whether its leg stayed silent while the other talked and waited; nil on a channel that carries both.
  var isOneWay: Bool?
  /// The frame from which its leg carries nothing more while the call goes on; nil where it does not die.
  var deadFrom: Int?
  /// Where its voice changes for good; nil where it does not.
  var escalation: EscalationFacts?
}

/// A change of a party's voice, and the turn of the other before it.
struct EscalationFacts {
  var change: Escalation
  var precedingTurn: Turn<Party>?
}

/// A channel that carries both parties.
struct ChannelFacts {
  /// The channel of the file.
  var channel: Int
  var record: LegRecord
  var signals: [ToneSignal]
  var transfers: [Transfer]
  /// How many voices are heard.
  var voices: VoiceSeparation.Count
  /// Whether the channel carries digital silence throughout.
  var isDead: Bool { record.tail.deadFrom == 0 && record.sounds.isEmpty }
  /// How sure it is that each stretch has its right voice, 0 to 1.
  var confidence: Double
}

extension CallFacts {
  /// What a call is measured against, beside its sound.
  struct Frame {
    /// The length of the recording, in seconds.
    var duration: Seconds
    /// Whether the file is cut short.
    var isTruncated: Bool
    /// Who is said to be on which channel.
    var roles: ChannelRoles
    /// Who called whom, where that is known without the sound.
    var direction: CallDirection?
    /// The channel of the file that each leg is.
    var channels: [Int]
  }

  /// The facts of a call from what was found on its legs.
  init(record: CallRecord, frame: Frame, settings: AnalysisSettings) {
    if record.isShared {
      self = OneChannelFacts(record: record, frame: frame, settings: settings).facts
    } else {
      self = TwoLegFacts(record: record, frame: frame, settings: settings).facts
    }
  }

  /// The escalation of a party, with the other's turn before it.
  static func escalation(
    of party: Party, talkspurts: [Talkspurt], turns: Turns<Party>, settings: EscalationSettings
  ) -> EscalationFacts? {
    Escalation(talkspurts: talkspurts, settings: settings).map { change in
      EscalationFacts(
        change: change,
        precedingTurn: turns.turns.last {
          $0.speaker == party.other && $0.frames.lowerBound < change.start
        })
    }
  }
}
