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

extension Landmarks {
  static var most: Int { maximumCount }
}
