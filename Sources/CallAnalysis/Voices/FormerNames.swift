internal import CallModel
internal import SignalProcessing

// Names by which the sections and the summary still call the voices and the landmarks. Each goes as soon as its
// caller uses what it stands for.

extension VoiceMeter {
  static func measure(
    _ run: FrameRange, leg: LegTrack, scene: LegScene, activity: SpeechActivity, firstFrame: Int,
    settings: VoiceSettings, voicing: Float
  ) -> (Talkspurt, pitches: [Float]) {
    VoiceMeter(leg: leg, scene: scene, activity: activity, firstFrame: firstFrame, voicing: voicing)
      .measure(run)
  }
}

extension VoiceSegmenter {
  init(
    leg: LegTrack, scene: LegScene, activity: SpeechActivity, firstFrame: Int, settings: AnalysisSettings
  ) {
    meter = VoiceMeter(
      leg: leg, scene: scene, activity: activity, firstFrame: firstFrame,
      voicing: Float(settings.activity.voicingOnset))
  }
}

extension VoiceSeparation {
  init(_ segments: [VoiceSegment], settings: VoicesSettings) { self.init(segments) }
}

extension MixedParties {
  init(
    _ separation: VoiceSeparation, leg: LegRecord, signals: [ToneSignal], wanted: ChannelRoles,
    settings: AnalysisSettings
  ) {
    self.init(separation, leg: leg, signals: signals, requested: wanted, settings: settings)
  }

  var legs: [Party: LegRecord] { [.agent: parties.agent, .customer: parties.customer] }

  var speech: [Party: [FrameRange]] { legs.mapValues(\.speech) }
}

extension Landmarks {
  static var most: Int { maximumCount }
}
