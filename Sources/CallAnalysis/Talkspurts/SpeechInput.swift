internal import CallModel
internal import SignalProcessing

/// What the search for speech reads of one leg: its features, and of the frames that count, levels and ratio to the
/// noise.
struct SpeechInput {
  /// The features.
  let leg: LegTrack
  /// The frames that count. What lies outside has no influence on the result.
  let stretches: [FrameRange]
  /// Whether each frame counts.
  let counts: [Bool]
  /// Whether each frame counts, is live, and carries no tone or music.
  let usable: [Bool]
  /// The level of each frame, in dBov.
  let level: [Float]
  /// The level of each frame without the drift that the noise shows, in dBov.
  let steadyLevel: [Float]
  /// The whitened signal-to-noise ratio of each frame over the noise around it, in dB; -200 in frames that do not count.
  let ratio: [Float]

  /// The number of frames.
  var count: Int { level.count }

  /// - Parameters:
  ///   - stretches: the frames that count; nil for all.
  ///   - leak: the power that the other leg's voice brings, by frame and band; nil without leakage.
  init(
    leg: LegTrack, scene: LegScene, leak: LeakedPower?, parties: ChannelParties, stretches: [FrameRange]?
  ) {
    let count = scene.level.count
    self.leg = leg
    self.stretches = (stretches ?? [0..<count]).intersection([0..<count])
    let counts = self.stretches.mask(count: count)
    self.counts = counts
    usable = stretches == nil ? scene.usable : zip(scene.usable, counts).map { $0 && $1 }
    level = scene.level

    var floor = scene.floor
    if stretches != nil {
      let dead = (0..<count).count { counts[$0] && !scene.live[$0] }
      floor = NoiseFloor(leg: leg, levels: Levels(level, where: usable), usable: usable, dead: dead)
    }
    var ratio = leg.whitenedRatio(over: floor.bands, leak: leak, count: count)
    if stretches != nil {
      for frame in 0..<count where !counts[frame] { ratio[frame] = -200 }
    }

    // The ratio is lowered where the noise lies above the floor. A gain that drifts moves the voice with the noise;
    // where the sound of a room begins or ends, the voice keeps its level.
    let (live, notSpeech) = (scene.live, scene.notSpeech)
    let silent = [Bool](count: count) { counts[$0] && !live[$0] && !notSpeech[$0] }
    let course = NoiseCourse(ratio: ratio, usable: usable, silent: silent)
    var steadyLevel = level
    // On a channel with both parties, what steps at the answer is the other party and not a room.
    if let rise = course.rise(withSteps: parties == .one) {
      for frame in 0..<count {
        ratio[frame] -= rise.noise[frame]
        steadyLevel[frame] -= rise.drift[frame]
      }
    }
    self.ratio = ratio
    self.steadyLevel = steadyLevel
  }
}
