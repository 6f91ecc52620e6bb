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
  case timbre, timbreMean1s
  // What the other leg does at the same time.
  case otherDepthMaximum, otherRatioMean, softWithOther, loudWithOther
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

extension SpeechFeature {
  /// What the feature is, and how its byte is read: the value of byte 0, the steps of one unit, the unit.
  var meaning: (name: String, lowest: Float, perUnit: Float, unit: String) {
    let (ratio, depth) = (Float(5), SpeechFeatures.stepsPerDb)
    return switch self {
    case .ratioMaximum110ms: ("highest over the noise within 55 ms", -6, ratio, "dB")
    case .ratioMean410ms: ("mean over the noise within 0.2 s", -6, ratio, "dB")
    case .ratioBefore: ("mean over the noise 50 to 190 ms before", -6, ratio, "dB")
    case .overLoudNoise: ("over the loud noise far from the voice", -46, 2.7, "dB")
    case .overMiddleNoise: ("over the typical noise far from the voice", -46, 2.7, "dB")
    case .shareOfTypicalRatio: ("over the noise, as a share of the voice's typical", -2, 16, "")
    case .typicalRatio: ("the voice over the noise, typically", -6, ratio, "dB")
    case .loudNoise: ("the loud noise far from the voice", -6, ratio, "dB")
    case .depthMaximum1s: ("loudest within 0.5 s, against loud talk", -60, depth, "dB")
    case .depthMaximumBefore: ("loudest of 240 ms before, against loud talk", -60, depth, "dB")
    case .depthMaximumAfter: ("loudest of 240 ms after, against loud talk", -60, depth, "dB")
    case .depthOfActive: ("mean of sounds within 0.3 s, against loud talk", -60, depth, "dB")
    case .depthOverMean: ("over the mean level within 0.5 s", -40, 4, "dB")
    case .levelSpread: ("spread of the level within 0.1 s", 0, 12, "dB")
    case .voicingMaximum: ("most voiced within 80 ms", 0, 250, "")
    case .voicingMean: ("mean voicing within 0.15 s", 0, 250, "")
    case .voicingBefore: ("most voiced of 160 ms before", 0, 250, "")
    case .voicingAfter: ("most voiced of 160 ms after", 0, 250, "")
    case .lowShare: ("share of power below 990 Hz", 0, 250, "")
    case .pitchOverParty: ("highest pitch within 0.2 s, over the party's", -128.0 / 60, 60, "octaves")
    case .steadyPeaks: ("share of spectral peaks that stand still within 0.5 s", 0, 250, "")
    case .sinceCore: ("since loud voice, ln(1 + hops of 10 ms)", 0, 44, "")
    case .sinceVoice: ("since any voice, ln(1 + hops of 10 ms)", 0, 44, "")
    case .coreDepth: ("loudest voice within 0.5 s, against loud talk", -60, depth, "dB")
    case .coreShare30s: ("share of loud voice within 15 s", 0, 400, "")
    case .weakCore: ("share of voice 13 dB under loud talk", 0, 250, "")
    case .softShareApart: ("share of soft voice that stands apart", 0, 1000, "")
    case .deepestCore: ("loud voice reaches below loud talk by", 0, 8, "dB")
    case .activeShare10s: ("share of sound within 5 s", 0, 250, "")
    case .timbre: ("spectrum like the voice rather than the background", -5, 25, "")
    case .timbreMean1s: ("the same, mean within 0.5 s", -5, 25, "")
    case .softWithOther: ("share of soft voice while the other talks", 0, 250, "")
    case .loudWithOther: ("share of loud voice while the other talks", 0, 250, "")
    case .otherDepthMaximum: ("other channel: loudest within 0.15 s, against its loud talk", -60, depth, "dB")
    case .otherRatioMean: ("other channel: mean over its noise within 0.1 s", -6, ratio, "dB")
    case .fall30ms: ("fastest fall in 30 ms", 0, depth, "dB")
    case .fall80msTypical: ("fast fall in 80 ms", 0, depth, "dB")
    case .fall150ms: ("fastest fall in 150 ms", 0, depth, "dB")
    case .fall150msTypical: ("fast fall in 150 ms", 0, depth, "dB")
    case .rise30ms: ("fastest rise in 30 ms", 0, depth, "dB")
    case .rise150ms: ("fastest rise in 150 ms", 0, depth, "dB")
    case .isShared: ("both parties share the channel", 0, 250, "")
    }
  }
}
