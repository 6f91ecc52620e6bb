internal import CallModel
internal import SignalProcessing

/// What has been found on one leg so far, in frames of the call.
struct LegRecord {
  var talkspurts: [Talkspurt] = []
  /// Frames of talk with the thresholds moved up and down.
  var strictFrames = 0
  var lenientFrames = 0
  var tones: [Tone] = []
  var music: [FrameRange] = []
  /// Holes in speech.
  var holes: [Hole] = []
  /// Packets in speech that were sent again.
  var repeats: [Hole] = []
  var clippedRuns = 0
  var speechLevel = SpeechLevel()
  /// Voiced pitches of speech, counted by 1/48 octave above 50 Hz.
  var pitches = [Int](repeating: 0, count: 192)
  /// Levels of live frames without speech, tone or music, counted by half a decibel from -100 dBov.
  var noise = ValueCounts(from: -100, steps: 200, perUnit: 2)
  /// The leakage heard on this leg, in dB, by section.
  var leakage: [Float] = []
  /// Where its speech can be known again, where that was asked for.
  var landmarks: [Landmark] = []
  /// Its speech in pieces of one voice each, where the leg carries both parties.
  var segments: [VoiceSegment] = []
  /// The tail of the leg, from the last section.
  var tail = LegTail()

  var speech: [FrameRange] { talkspurts.map(\.frames) }

  /// The bin of `pitches` for a pitch in Hz; nil outside its range.
  static func pitchBin(_ pitch: Float) -> Int? {
    guard pitch > 0 else { return nil }
    let bin = Int((octaves(pitch, 50) * 48).rounded())
    return (0..<192).contains(bin) ? bin : nil
  }
}

/// How one leg ended.
struct LegTail {
  /// Where the final digital silence begins, in frames of the call; nil where the leg is live to the end.
  /// Tones (a busy tone after the leg died) do not count as life.
  var deadFrom: Int?
  /// Whether the leg carried live noise outside speech before.
  var hadNoise = false
  /// How far the level falls within 15 ms at the end of the last talkspurt, in dB.
  var fall: Float = 0
  /// The level of the last 30 ms of the last talkspurt under the leg's loud talk, in dB.
  var decay: Float = 0
}

/// Everything found in a call, section by section.
struct CallRecord {
  var legs: [LegRecord]
  /// The frames analysed so far.
  var frameCount = 0
  /// Frames in which both legs carry the same signal, and frames compared.
  var sameFrames = 0
  var comparedFrames = 0

  /// Whether one leg, or both alike, carry both parties, as far as was heard.
  var legsAreSame: Bool {
    legs.count == 1 || comparedFrames > 100 && Double(sameFrames) > 0.95 * Double(comparedFrames)
  }

  /// Whether landmarks are kept.
  let keepsLandmarks: Bool

  init(legs: Int, keepingLandmarks: Bool) {
    self.legs = Array(repeating: LegRecord(), count: legs)
    keepsLandmarks = keepingLandmarks
  }

  /// Analyses the first frames of `track` and records what lies in `committed`, given in frames of the call;
  /// what lies outside is context.
  mutating func analyse(
    _ track: FeatureTrack, frames count: Int, committed: Range<Int>, isLast: Bool, settings: AnalysisSettings
  ) {
    guard count > 0 else { return }
    let first = track.firstFrame
    let scenes = LegScene.scenes(of: track.legs, count: count, settings: settings)
    var leaks = [Leakage?](repeating: nil, count: scenes.count)
    if scenes.count == 2 {
      compareLegs(track, scenes: scenes, committed: committed)
      for target in 0..<2 where !legsAreSame {
        let pair = LegPair(
          source: track.legs[1 - target], target: track.legs[target], sourceScene: scenes[1 - target],
          targetScene: scenes[target])
        leaks[target] = Leakage(in: pair, settings: settings.leakage)
      }
    }
    for leg in scenes.indices {
      let features = track.legs[leg]
      let leaked = leaks[leg].map {
        LeakedPower($0, source: track.legs[1 - leg])
      }
      let activity = SpeechActivity(
        leg: features, scene: scenes[leg], leak: leaked,
        settings: legsAreSame ? settings.mixedActivity : settings.activity)
      record(
        leg, features: features, scene: scenes[leg], activity: activity, first: first, committed: committed,
        settings: settings)
      if let leak = leaks[leg] { legs[leg].leakage.append(leak.gainDb) }
      if isLast {
        legs[leg].tail = Self.tail(
          features: features, scene: scenes[leg], activity: activity, first: first, count: count,
          settings: settings)
      }
    }
    frameCount = committed.upperBound
  }

  /// Whether both legs carry the same signal: equal levels, hop by hop.
  private mutating func compareLegs(_ track: FeatureTrack, scenes: [LegScene], committed: Range<Int>) {
    for frame in committed.clamped(to: track.firstFrame..<track.firstFrame + track.frameCount) {
      let a = scenes[0].level[frame - track.firstFrame]
      let b = scenes[1].level[frame - track.firstFrame]
      guard max(a, b) > -60 else { continue }
      comparedFrames += 1
      if abs(a - b) < 3 { sameFrames += 1 }
    }
  }

  private mutating func record(
    _ leg: Int, features: LegTrack, scene: LegScene, activity: SpeechActivity, first: Int,
    committed: Range<Int>, settings: AnalysisSettings
  ) {
    let local = committed.lowerBound - first..<committed.upperBound - first
    let speech = activity.speech.map { $0.clamped(to: local) }.filter { !$0.isEmpty }
    legs[leg].strictFrames += activity.strict.map { $0.clamped(to: local) }.frameTotal
    legs[leg].lenientFrames += activity.lenient.map { $0.clamped(to: local) }.frameTotal
    for run in speech {
      let (spurt, pitches) = VoiceMeter.measure(
        run, leg: features, scene: scene, activity: activity, firstFrame: first, settings: settings.voice,
        voicing: Float(settings.activity.voicingOnset))
      for bin in pitches.compactMap(LegRecord.pitchBin) { legs[leg].pitches[bin] += 1 }
      // A talkspurt cut by a seam is one.
      if let last = legs[leg].talkspurts.last, last.frames.upperBound == spurt.frames.lowerBound,
        spurt.frames.lowerBound == committed.lowerBound
      {
        legs[leg].talkspurts[legs[leg].talkspurts.count - 1].frames =
          last.frames.lowerBound..<spurt.frames.upperBound
        legs[leg].talkspurts[legs[leg].talkspurts.count - 1].syllables += spurt.syllables
      } else {
        legs[leg].talkspurts.append(spurt)
      }
      legs[leg].clippedRuns += run.reduce(0) { $0 + Int(features.frames[$1].clippedRuns) }
    }
    if leg == 0, legsAreSame {
      let segmenter = VoiceSegmenter(
        leg: features, scene: scene, activity: activity, firstFrame: first, settings: settings)
      legs[leg].segments += speech.flatMap(segmenter.segments)
    }
    if keepsLandmarks, legs[leg].landmarks.count < Landmarks.most {
      legs[leg].landmarks += Landmarks.find(features, in: local, speech: activity.speech, first: first)
    }
    // The level of speech with a little of the pauses around it, as the recommendation's envelope wants.
    let around = speech.map {
      max(local.lowerBound, $0.lowerBound - 5)..<min(local.upperBound, $0.upperBound + 25)
    }
    var speechLevel = legs[leg].speechLevel
    for run in around.bridged(gap: 1) {
      for frame in run { speechLevel.consume(features.frames[frame]) }
    }
    legs[leg].speechLevel = speechLevel
    for tone in scene.tones where local.contains(tone.frames.lowerBound) {
      var tone = tone
      tone.frames = tone.frames.lowerBound + first..<tone.frames.upperBound + first
      legs[leg].tones.append(tone)
    }
    for run in scene.music.map({ $0.clamped(to: local) }) where !run.isEmpty {
      let music = run.lowerBound + first..<run.upperBound + first
      if let last = legs[leg].music.last, last.upperBound == music.lowerBound {
        legs[leg].music[legs[leg].music.count - 1] = last.lowerBound..<music.upperBound
      } else {
        legs[leg].music.append(music)
      }
    }
    let spoken = speech.mask(count: scene.level.count)
    let count = scene.level.count
    for hole in Holes.find(leg: features, count: count, speech: speech, settings: settings.line)
    where local.contains(hole.frame) && spoken[hole.frame] {
      legs[leg].holes.append(Hole(frame: hole.frame + first, length: hole.length))
    }
    for run in Repeats.find(leg: features, count: count, speech: speech)
    where local.contains(run.lowerBound) && spoken[run.lowerBound] && !scene.notSpeech[run.lowerBound] {
      legs[leg].repeats.append(Hole(frame: run.lowerBound + first, length: Double(run.count) * 10))
    }
    // Speech fades out of sight a little before and after it is found.
    var apart = scene.usable
    for run in speech {
      for frame in max(0, run.lowerBound - 10)..<min(apart.count, run.upperBound + 10) {
        apart[frame] = false
      }
    }
    legs[leg].noise.add(scene.level, in: local, where: apart)
  }

  private static func tail(
    features: LegTrack, scene: LegScene, activity: SpeechActivity, first: Int, count: Int,
    settings: AnalysisSettings
  ) -> LegTail {
    var tail = LegTail()
    var tonal = [Bool](repeating: false, count: count)
    for tone in scene.tones {
      for frame in max(0, tone.frames.lowerBound - 3)..<min(count, tone.frames.upperBound + 3) {
        tonal[frame] = true
      }
    }
    var alive = count
    while alive > 0 && (!scene.live[alive - 1] || tonal[alive - 1]) { alive -= 1 }
    if count - alive > 5 { tail.deadFrom = alive + first }
    let spoken = activity.speech.mask(count: count)
    let before = max(0, alive - 3000)..<alive
    let quiet = before.filter { !spoken[$0] && !tonal[$0] && !scene.notSpeech[$0] }
    tail.hadNoise = quiet.count > 20 && 2 * quiet.count { scene.live[$0] } > quiet.count
    guard let last = activity.speech.last else { return tail }

    // The steepest fall of 10 ms means over 15 ms around the end of the last talkspurt.
    let parts = count * FrameFeatures.partCount
    let fallParts = Int((settings.ending.fallMs / 2.5).rounded())
    let centre = last.upperBound * FrameFeatures.partCount
    func mean(_ range: Range<Int>) -> Float {
      let clamped = range.clamped(to: 0..<parts)
      guard !clamped.isEmpty else { return 0 }
      return clamped.reduce(0) { $0 + features.frames[$1 / 4].magnitude(part: $1 % 4) } / Float(clamped.count)
    }
    let earliest = max(4, centre - 24)
    for edge in earliest..<max(earliest, min(parts - fallParts - 4, centre + 12)) {
      let above = mean(edge - 4..<edge)
      let below = mean(edge + fallParts - 4..<edge + fallParts)
      let fall = 20 * Float(logarithm10(Double(max(above, 0.5) / max(below, 0.5))))
      if above * above / (32768 * 32768) > power(decibels: (activity.loud ?? 0) - 26) {
        tail.fall = max(tail.fall, fall)
      }
    }
    let end = max(last.lowerBound, last.upperBound - 3)..<last.upperBound
    let level = decibels(end.reduce(0) { $0 + features.frames[$1].power } / Float(max(1, end.count)))
    tail.decay = (activity.loud ?? level) - level
    return tail
  }
}
