/// What tells a party's own speech from everything else on its leg, frame by frame. The order is that of the columns that
/// the weights ask.
enum SpeechFeature: Int, CaseIterable, Sendable {
  // How far the frame lies above the noise.
  case ratioMaximum110ms, ratioMean410ms, ratioBefore
  case overLoudNoise, overMiddleNoise, shareOfTypicalRatio, typicalRatio, loudNoise
  // How loud the frame and what is around it are, against the party's loud talk.
  case depthMaximum1s, depthMaximumBefore, depthMaximumAfter, depthOfActive, depthOverMean, levelSpread
  // How voiced it is, and where its power lies.
  case voicingMaximum, voicingMean, voicingBefore, voicingAfter
  case lowShare, pitchOverParty, steadyPeaks
  // Where the core of the party's voice is.
  case sinceCore, sinceVoice, coreDepth, coreShare30s, weakCore, softShareApart, deepestCore, activeShare10s
  // Whether the spectrum is the party's or its background's.
  case timbre
  // What the other leg does at the same time.
  case otherDepthMaximum, otherRatioMean
  // How fast levels fall and rise on the leg: fast in a dry room, slowly in reverberation, babble and music.
  case fall30ms, fall80msTypical, fall150ms, fall150msTypical, rise30ms, rise150ms
  // Whether both parties share the channel.
  case isShared
}

extension SpeechFeature {
  /// What kinds of evidence there are.
  enum Block: String, CaseIterable, Sendable {
    case noise, level, voice, core, timbre, otherLeg, dynamics, channel
  }

  /// Which kind of evidence the feature is.
  var block: Block {
    switch rawValue {
    case ..<Self.depthMaximum1s.rawValue: .noise
    case ..<Self.voicingMaximum.rawValue: .level
    case ..<Self.sinceCore.rawValue: .voice
    case ..<Self.timbre.rawValue: .core
    case ..<Self.otherDepthMaximum.rawValue: .timbre
    case ..<Self.fall30ms.rawValue: .otherLeg
    case ..<Self.isShared.rawValue: .dynamics
    default: .channel
    }
  }
}
