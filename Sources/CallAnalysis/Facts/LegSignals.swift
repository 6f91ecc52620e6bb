internal import CallModel

/// What two legs carry, with the signals that their tones make up.
struct LegSignals {
  /// What was found on each leg, ringing music taken out.
  var legs: ByLeg<LegRecord>
  /// The tone signals of each leg, in order of time.
  var signals: ByLeg<[ToneSignal]>
  /// The frame at which the conversation began; nil where one party says nothing.
  let conversation: Int?

  /// The signals of the legs of a call that has two.
  init(of records: [LegRecord], settings: AnalysisSettings) {
    var legs = ByLeg(records[0], records[1])
    let speech = legs.map(\.speech)
    var signals = ByLeg { leg in
      ToneNames.signals(
        of: legs[leg].tones, speech: speech[leg], other: speech[leg.other], settings: settings.tones)
    }
    for leg in Leg.both { FaxFacts.clear(&legs[leg], &signals[leg]) }
    for leg in Leg.both { RingbackMusic.move(from: &legs[leg], to: &signals[leg]) }
    self.legs = legs
    self.signals = signals
    conversation = ConversationStart.frame(
      of: legs.map(\.speech), talk: Frames.count(seconds: settings.ending.conversationMinimumS))
  }

  /// The signals without the ringing of transfers and of other calls.
  var opening: ByLeg<[ToneSignal]> { signals.map { $0.withoutRings(after: conversation) } }
}
