/// Every constant of the analysis, by room. The keys of the configuration file are these names in snake case,
/// each with its unit; each says why it is what it is.
public struct AnalysisSettings: Sendable, Hashable, Codable {
  /// Telling speech from everything else on one leg.
  public var activity = ActivitySettings()
  /// Who is on which channel, where nobody says.
  public var roles = RoleSettings()
  /// Signalling tones and beeps.
  public var tones = ToneSettings()
  /// Hold music.
  public var music = MusicSettings()
  /// One leg's voice heard on the other.
  public var leakage = LeakageSettings()
  /// Turns, interruptions, backchannels.
  public var turns = TurnSettings()
  /// Silence of both parties.
  public var deadAir = DeadAirSettings()
  /// How the call ended.
  public var ending = EndingSettings()
  /// The quality of the line.
  public var line = LineSettings()
  /// Level, pitch and pace.
  public var voice = VoiceSettings()
  /// Where a party's voice changes for good.
  public var escalation = EscalationSettings()
  /// What is reported as a finding.
  public var findings = FindingSettings()
  /// How long recordings are cut into sections.
  public var sections = SectionSettings()
  /// Telling the voices of both parties apart on one channel.
  public var voices = VoicesSettings()
  /// Recorded prompts, found across the calls of a store.
  public var prompts = PromptSettings()

  /// The settings that Talkspurt ships with.
  public init() {}
}

/// Telling speech from everything else on one leg.
///
/// The statistic is the whitened signal-to-noise ratio `st`: 20 log10 of the mean over 19 bands of the root of
/// power over noise floor, so that coloured noise weighs no more than white, and one band no more than many.
public struct ActivitySettings: Sendable, Hashable, Codable {
  /// A line is digitally silent where fewer samples than this share differ from the one before; codecs
  /// repeat a constant (A-law 8, mu-law 0), analogue noise does not.
  public var digitalSilenceRatio = 0.02
  /// The noise floor of a band is this percentile of its smoothed power: below speech, above rare dips.
  public var floorPercentile = 15.0
  /// The factor from that percentile to the mean of the noise.
  public var floorFactor = 1.0
  /// The floor is not taken below this level in dBov, where the quantisation noise of G.711 lies, ...
  public var floorLowestDbov = -82.0
  /// ... or, on a leg turned down further, not this far below its loudest second, in dB.
  public var floorDepthDb = 55.0
  /// Power is smoothed over this long before the floor's percentile, in ms.
  public var floorSmoothingMs = 50.0
  /// The noise is followed through windows this long, in s: longer than a sentence, shorter than a gain drifts.
  public var noiseWindowS = 20.0
  /// The percentile of a window that is its noise: speech leaves a tenth of its time to pauses.
  public var noisePercentile = 10.0
  /// The noise has risen where its percentile lies above this, in dB over the floor.
  public var noiseRiseFromDb = 0.5
  /// The noise steps where the quietest seconds before and after differ by this, in dB: a room is heard, as after
  /// the answer, or no longer (our measurement: 6 to 10 tell alike).
  public var noiseStepDb = 8.0
  /// Autocorrelation from which a frame is voiced: periodic speech lies above, noise below.
  public var voicingOnset = 0.4
  /// The `st` from which a voiced frame belongs to the core, in dB.
  public var coreOnsetDb = 6.0
  /// Voiced runs shorter than this are no core, in ms: a glottal train lasts longer than a key click.
  public var coreMinimumMs = 60.0
  /// A leg with less core than this in all carries no speech, in ms: the shortest "yes" has more.
  public var coreTotalMs = 150.0
  /// Pitch moves less than this between steps of 20 ms inside a core run, in octaves; typing and crowds jump.
  public var corePitchStepOctaves = 0.25
  /// Core runs this far below the core's 95 % level are the room's voices, not the party's, in dB.
  public var coreDepthDb = 20.0
  /// Where this share of the voiced runs lies more than `roomDepthDb` below the loudest and apart from louder ones,
  /// other people talk in the room: a party alone has under 1 % there (our measurement).
  public var roomShare = 0.045
  /// A weak run this far from a strong one stands apart, in ms.
  public var roomApartMs = 300.0
  /// The depth under which a party alone has few voiced runs, in dB.
  public var roomDepthDb = 13.0
  /// The party and the room part at a valley between this and the next depth, in dB.
  public var roomValleyFromDb = 8.0
  /// The far end of where the valley is looked for, in dB.
  public var roomValleyToDb = 14.0
  /// A talkspurt of the party reaches this far above the valley somewhere, in dB.
  public var roomTalkspurtDb = 3.0
  /// The loudest of a run is measured against the loud talk of so much time around it, in s: the level of a party
  /// drifts ...
  public var driftWindowS = 30.0
  /// ... but falls no faster than this, in dB a second: where the party is silent others are the loudest (our
  /// measurement: faster lets voices of the room into dead air, slower loses a party that leans back by 12 dB).
  public var driftDbPerS = 0.05
  /// Where people talk in the room, speech reaches `roomReachMs` from voiced frames that are within this of the loud
  /// talk, in dB.
  public var roomNearDb = 13.0
  /// How far speech reaches there, in ms: further than the party's own consonants.
  public var roomReachMs = 230.0
  /// Where the median `st` of the core lies below this, in dB, there is much noise: speech reaches `roomReachMs` from
  /// voiced frames and no further, since what goes on would pass for overlap, and soft talkspurts that stand apart are
  /// not the party's (our measurement: 16 to 24 tell alike).
  public var noisyBelowDb = 20.0
  /// A talkspurt is the room's whose 90 % level lies further than this below the 95 % level of the core around it, in
  /// dB, and that stands apart: a party's soft words are louder or stand beside louder ones (our measurement).
  public var farDepthDb = 10.0
  /// Where nobody talks in the room, nothing leaks and there is little noise, such a talkspurt is the party's if it is
  /// shorter than `foreignLongestS` and its voice lies nearer to the party's than this, in spreads: a soft yes lies up
  /// to 2, a bark at 4 (our measurement).
  public var farDistance = 3.0
  /// The loud talk around a talkspurt is looked for in a window this long, in s.
  public var farWindowS = 20.0
  /// The onset threshold is this share of the median `st` of the core, within the two bounds that follow.
  public var onsetShare = 0.25
  /// The lowest onset threshold, in dB of `st`.
  public var onsetLowestDb = 3.0
  /// The highest onset threshold, in dB of `st`, unless the noise population asks for more.
  public var onsetHighestDb = 6.0
  /// The offset threshold, in dB of `st`: a run extends as far as it stays above.
  public var offsetDb = 2.0
  /// Live frames further than this from the core are the noise population, in ms.
  public var noiseGuardMs = 400.0
  /// The noise population is heard only if there is this much of it, in s.
  public var noiseMinimumS = 0.4
  /// Onset rises to this percentile of the noise population's `st`.
  public var noiseOnsetPercentile = 95.0
  /// Offset rises to this percentile of the noise population's `st`.
  public var noiseOffsetPercentile = 70.0
  /// The onset threshold does not rise above this share of the core's median `st`.
  public var noiseOnsetCapShare = 0.65
  /// The offset threshold does not rise above this share of the core's median `st`.
  public var noiseOffsetCapShare = 0.5
  /// Frames this far below the core's 90 % level are not speech, in dB: the range of conversational speech.
  public var rangeDb = 40.0
  /// Sound whose level stands still this long is not speech, in ms: syllables follow each other faster.
  public var standingMs = 200.0
  /// The level stands still where its standard deviation is below this, in dB.
  public var standingDeviationDb = 1.4
  /// Voiced runs and what is this near them are left alone, in ms: fricatives and held vowels stand still too.
  public var standingApartMs = 50.0
  /// What stands is at least this far below the loud talk, in dB.
  public var standingDepthDb = 8.0
  /// What stands is looked for above this, in dB of `st`: below is the floor, which always stands.
  public var standingOnsetDb = 3.0
  /// A run needs this long above the onset threshold, in ms.
  public var onsetMinimumMs = 30.0
  /// A talkspurt whose voiced frames lie this many spreads from the party's own is an animal's or a thing's.
  public var foreignDistance = 4.25
  /// ... unless it lasts this long, in s: a volley of barks is shorter than what an angry voice says.
  public var foreignLongestS = 1.5
  /// The spread of how periodic a voice is, from talkspurt to talkspurt.
  public var voicingSpread = 0.15
  /// The spread of the share of power below 990 Hz.
  public var lowShareSpread = 0.15
  /// Pitch is strange above the party's or above this, in Hz, whichever is higher.
  public var highVoiceHz = 180.0
  /// The spread of pitch, in octaves.
  public var pitchSpreadOctaves = 0.5
  /// Talk is measured again with the thresholds this far up and down, in dB: results depend on the threshold
  /// (Brady 1968), and a figure that depends on it much is marked.
  public var sensitivityDb = 3.0
  /// A talk share that moves by more than this is of low confidence, as a share.
  public var sensitivityShare = 0.05
  /// Pauses of one party below this belong to the talkspurt, in ms (the definition of a talkspurt).
  public var bridgeMs = 200.0
  /// Talkspurts are held where the median `st` of the core lies below this, in dB: noise hides the last of a word.
  /// Not with a party on each channel, where what is held would pass for overlap.
  public var holdBelowDb = 0.0
  /// They are held this long for each dB below, in ms: the ends of words fall by some 70 dB in a second.
  public var holdMsPerDb = 15.0
  /// They are held no longer than this, in ms.
  public var holdLongestMs = 80.0
  /// Where talkspurts are held, the offset threshold is at least this, in dB of `st`.
  public var holdOffsetDb = 3.0
  /// Talkspurts shorter than this are dropped, in ms: shorter than any syllable.
  public var talkspurtMinimumMs = 60.0

  /// The shipped settings.
  public init() {}
}

/// Who is on which channel, where nobody says. Each sign weighs by the logarithm of the odds with which it tells the
/// agent's leg; the weights of speech are fitted to simulated calls (logistic regression, our measurement).
public struct RoleSettings: Sendable, Hashable, Codable {
  /// Ringing is heard on the leg of the business that is called.
  public var ring = 3.0
  /// So are the music and the beeps of a hold.
  public var hold = 3.0
  /// Who is called speaks first.
  public var speaksFirst = 0.9
  /// Who calls is the first to speak for long after the first turn, which greets.
  public var speaksLong = 1.4
  /// Such a turn lasts at least this long, in s: greetings that are returned are shorter.
  public var longTurnS = 2.5
  /// A leg that alone carries speech plays announcements, or calls a person whose line is dead.
  public var speaksAlone = 1.7

  /// The shipped settings.
  public init() {}
}

/// Signalling tones and beeps.
public struct ToneSettings: Sendable, Hashable, Codable {
  /// The share of the power in 220 to 3420 Hz that the two strongest lines of a tone hold.
  public var lineShare = 0.9
  /// The same of lines above `progressHighestHz`: GSM 6.10 blurs them, and the tones of keys do not fill the
  /// 64 ms window.
  public var highLineShare = 0.8
  /// A tone lasts at least this long, in ms: the shortest pulses of ITU-T E.180 cadences last 165 ms.
  public var minimumMs = 120.0
  /// A lone pulse below `progressHighestHz` lasts at least this long, in ms: held vowels are shorter.
  public var loneMinimumMs = 250.0
  /// Above `progressHighestHz` a second line this close to the first, in Hz, is its ghost where it is weak: GSM
  /// 6.10 puts ghosts some 110 Hz off, and the lines of keys lie 268 Hz apart or more.
  public var ghostHz = 200.0
  /// A ghost lies this far below its line, in dB; the harmonics of a voice often less.
  public var ghostDepthDb = 6.0
  /// A tone has two lines where the weaker lies at most this far below the stronger, in dB: GSM 6.10 tilts
  /// pairs of call progress tones by 2 dB (our measurement), and noise 15 dB below lies 20 dB under a line.
  public var pairDepthDb = 10.0
  /// A second line this near three times the first is its own, in Hz: a converter has clipped the tone.
  public var harmonicHz = 10.0
  /// Where lines jump further than this from one step of 20 ms to the next, another tone begins, in Hz.
  public var jumpHz = 16.0
  /// The higher frequency of a pair is less than this many times the lower: 480 and 620 Hz are the furthest
  /// apart, the harmonics of a voice that hold its power further (3 : 4).
  public var pairSpread = 1.31
  /// The weaker line of a key lies at most this far below the stronger, in dB: GSM 6.10 tilts the highest
  /// keys so.
  public var keyDepthDb = 13.0
  /// Gaps in the tone of a key up to this long are bridged, in ms: two presses of one key are further apart.
  public var keyBridgeMs = 40.0
  /// A key's tone lasts at least this long, in ms (ITU-T Q.24: 40 ms is valid in most countries).
  public var keyMinimumMs = 40.0
  /// The lines of a key lie this close to its frequencies, as a share (ITU-T Q.24: 1.5 to 3.5 %).
  public var keyToleranceShare = 0.02
  /// The beep that tells of a recording, in Hz (1400 in the tables of most countries).
  public var recordingBeepHz = 1400.0
  /// It lasts at least this long, in ms: the shortest of those tables are 80 ms.
  public var recordingBeepMinimumMs = 70.0
  /// A special information tone lasts at least this long, in ms (ITU-T E.180: 330 +- 70; Bellcore: 274 - 5
  /// %).
  public var informationShortestMs = 220.0
  /// ... and at most this long, in ms (Bellcore: 380 + 5 %; ITU-T E.180: 400).
  public var informationLongestMs = 440.0
  /// It lies this close to 950, 1400 or 1800 Hz, in Hz (ITU-T E.180: 50).
  public var informationToleranceHz = 60.0
  /// Special information tones pause or overlap at most this long, in ms: E.180 has pauses of 30, and the 64
  /// ms window blurs where one ends.
  public var informationPauseMs = 80.0
  /// Gaps in a tone up to this long are bridged, in ms: lost packets tear holes of 20 to 60 ms; the shortest
  /// pause of a cadence lasts 165 ms.
  public var bridgeMs = 80.0
  /// The centroid of a tone deviates less than this, in Hz.
  public var deviationHz = 5.0
  /// A tone whose steps last this long may deviate and drift more by three fifths, in ms: beating pairs
  /// through GSM 6.10 do, voices do not hold a line for so long.
  public var longMs = 240.0
  /// The centroid of a tone drifts less than this from its first to its last third, in Hz.
  public var driftHz = 9.0
  /// The centroid of a lone pulse deviates less than this, in Hz: machines stand still, singers do not.
  public var loneDeviationHz = 2.0
  /// The centroid of a lone pulse drifts less than this, in Hz.
  public var loneDriftHz = 3.0
  /// A tone this long needs only `deviationHz` and `driftHz`, in s: no voice holds a note so well.
  public var steadyS = 1.0
  /// Above this frequency, in Hz, the deviation, drift and jump that a tone may show grow with it: so does
  /// what noise and codecs do to a line.
  public var steadyHz = 500.0
  /// Just before and just after a tone the line is this much quieter, in dB: vowels are embedded in speech.
  public var contrastDb = 12.0
  /// The same above `progressHighestHz`, in dB: GSM 6.10 weakens these tones, and few vowels are so pure.
  public var highContrastDb = 8.0
  /// Sound after a tone that ends within this time is the codec's, in ms: GSM 6.10 rings on for 250.
  public var tailMs = 300.0
  /// ... where the line then lies this much below the tone, in dB.
  public var tailDepthDb = 35.0
  /// Tones below this level are not reported, in dBov.
  public var lowestDbov = -55.0
  /// Tones lie above this frequency, in Hz: dial tones have 350, voices that hold a note mostly less.
  public var lowestHz = 320.0
  /// Tones lie below this frequency, in Hz: beeps and answering faxes have 2100 at most, an s lies above
  /// 3000.
  public var highestHz = 2700.0
  /// The tonal steps of a pulse make up this share of the time around it that is as loud, one step aside: a
  /// voice that holds its pitch for a moment sounds before and after.
  public var loudShare = 0.8
  /// The same of a key, which 40 ms tell.
  public var keyLoudShare = 0.6
  /// Call progress tones lie below this frequency, beeps above, in Hz (ITU-T E.180: 400 to 450, US to 620).
  public var progressHighestHz = 640.0
  /// Pulses of a cadence differ less than this in length, as a share of the longer.
  public var cadenceShare = 0.2
  /// Pulses of a cadence that pause longer than this ring; shorter ones are busy or congestion, in s (E.180:
  /// ringing pauses 3 to 5 s, busy 0.3 to 1.1 s at most in period).
  public var ringPauseS = 1.2
  /// Pulses of one double ring lie closer than this, in s.
  public var doubleRingPauseS = 0.6
  /// The longest pause within a ringing cadence, in s.
  public var ringPauseLongestS = 7.0
  /// A busy cadence pulses longer than this, a congestion cadence shorter, in s: congestion pulses for 165 to
  /// 250 ms, busy for 300 to 750 ms in all countries but four.
  public var busyPulseS = 0.275
  /// An even cadence above `slowCongestionHz` that pulses at least this long is congestion, in s (China: 700
  /// ms).
  public var slowPulseS = 0.6
  /// See `slowPulseS`, in Hz: China's tones have 450 Hz, India's busy tone of 750 ms has 400.
  public var slowCongestionHz = 437.0
  /// Where every second pulse lies more than this higher or lower, the cadence is congestion, in Hz
  /// (Australia: 425 and 420).
  public var alternatingHz = 2.5
  /// A steady tone this long is a dial tone, in s.
  public var dialToneS = 3.0
  /// A beep above `progressHighestHz` lasts at most this long, in s; what lasts longer is a tone.
  public var beepLongestS = 1.5
  /// A hold beep lasts at most this long, in ms; the rings of E.180 last 400 ms and more, but do not pause
  /// evenly.
  public var holdBeepLongestMs = 600.0
  /// Hold beeps begin at least this far apart, in s: busy tones are faster.
  public var holdIntervalShortestS = 3.0
  /// ... and at most this far apart, in s: exchanges beep every 5 to 15 s.
  public var holdIntervalLongestS = 20.0
  /// Beeps are a hold from the first to the last where that is this long, in s (the definition of a hold).
  public var holdMinimumS = 8.0
  /// A tone is the other leg's leaked one where that is this much louder at the same time, in dB.
  public var leakedDb = 8.0

  /// The shipped settings.
  public init() {}
}

/// Hold music: spectral peaks that stand still where speech moves.
public struct MusicSettings: Sendable, Hashable, Codable {
  /// Peaks are counted over this long, in s.
  public var windowS = 4.0
  /// The share of peaks that stood in the same bin 60, 120 and 180 ms before, beyond chance, from which sound
  /// without rests is rather music than speech. Speech has .000 in the median and .004 to .03 in 1 % of its windows, music
  /// .07 to .15 in the median and less than .015 in 5 % (our measurement, 143 pieces).
  public var persistence = 0.008
  /// Speech rests between syllables and words: this far below its loud sounds, in dB.
  public var restDb = 15.0
  /// Sound that rests all the time needs so many times the share of peaks, in dB.
  public var restWeightDb = 17.0
  /// The same of sound whose pitch glides all the time as that of voices does, in dB.
  public var glideWeightDb = 43.0
  /// Pitch glides where it moves by more than this within a tenth of a second, in octaves: half a semitone.
  public var glideOctaves = 0.06
  /// ... and nowhere by this within a fiftieth, in octaves, as it does from note to note.
  public var glideLeapOctaves = 0.12
  /// Sound with this much less evidence may still be a part of the music around it, in dB.
  public var slackDb = 3.0
  /// The evidence above `persistence` that makes music in all, in dB times s: faint evidence counts when it lasts.
  public var evidenceDbS = 40.0
  /// Evidence of so much above `persistence`, in dB, makes music of any background; a crowd has half of it.
  public var strongDb = 6.0
  /// Fainter music rises above what is heard before and after it by this, in dB.
  public var riseDb = 6.0
  /// The share of time that is quieter than the level compared.
  public var quiet = 0.2
  /// Music lasts at least this long, in s (the definition of a hold).
  public var minimumS = 8.0
  /// Gaps in music up to this long are bridged, in s.
  public var bridgeS = 3.0
  /// Music lies above this level, in dBov; steady lines below are hum.
  public var lowestDbov = -58.0
  /// The level below its median at which music has faded, in dB.
  public var fadeDb = 30.0
  /// What lies between music and the end of the recording within `minimumS`, or its start within `windowS`, is its own
  /// from this far above no steady peaks at all, in dB.
  public var edgeDb = 3.0
  /// In a crowd, what joins the music without a rest is a voice from this length on, in s, as long as it is shorter
  /// than the music, ...
  public var voiceS = 1.0
  /// ... and its pitch glides for this share of the time: voices .07 to .45, music of moving peaks up to .04 (our
  /// measurement, 143 pieces).
  public var voiceGlideShare = 0.055
  /// Sound after a rest this long may be another's, in ms.
  public var restMs = 200.0

  /// The shipped settings.
  public init() {}
}

/// One leg's voice heard on the other.
public struct LeakageSettings: Sendable, Hashable, Codable {
  /// The shortest lag of the leaked voice behind its own leg, in ms; negative where recorders skew the legs.
  public var shortestLagMs = -20.0
  /// The longest lag, in ms: a round trip through a hybrid or a speakerphone.
  public var longestLagMs = 250.0
  /// Only frames where the other leg lies this far below its source are compared, in dB.
  public var depthDb = 8.0
  /// The source is strong within this range of its 95 % level, in dB.
  public var sourceRangeDb = 20.0
  /// One leg leaks into the other where their spectra correlate by this more at one lag than at any (208 true leaks
  /// .09 to .9, two of them below .15; 284 legs without at most .12; our measurement).
  public var correlation = 0.15
  /// The leaked power is taken this many times as strong as its median, since it fluctuates.
  public var margin = 4.0
  /// A leak's gain is followed through windows this long, in s.
  public var driftWindowS = 30.0
  /// By this quantile of what the leg has less than its source: the lower part is the leak, above it are other sounds.
  public var driftQuantile = 0.3
  /// Where it moves by more than this, in dB: the margin covers less.
  public var driftFromDb = 3.0
  /// Fewer strong frames than this tell nothing, in s.
  public var minimumS = 2.0

  /// The shipped settings.
  public init() {}
}

/// Turns, interruptions, backchannels.
public struct TurnSettings: Sendable, Hashable, Codable {
  /// Own pauses below this are merged when interruptions are judged, in s.
  public var mergeS = 0.6
  /// An interruption starts when the other has spoken at least this long, in s.
  public var startS = 0.25
  /// Overlaps shorter than this are turn-taking, in s.
  public var overlapS = 0.38
  /// The starter holds the floor when going on this long after the other stopped, in s.
  public var holdS = 0.4
  /// Who interrupts utters a talkspurt this long at least, in s.
  public var speakS = 0.35
  /// A talkspurt inside the other's turn is at most this long as a backchannel, in s.
  public var backchannelS = 1.0
  /// A pause this long ends a turn, in s (the definition of a turn).
  public var pauseS = 3.0

  /// The shipped settings.
  public init() {}
}

/// Silence of both parties.
public struct DeadAirSettings: Sendable, Hashable, Codable {
  /// Silence of both legs this long is dead air, in s.
  public var minimumS = 5.0

  /// The shipped settings.
  public init() {}
}

/// How the call ended.
public struct EndingSettings: Sendable, Hashable, Codable {
  /// A talkspurt that reaches this close to the end of the recording was cut by it, in ms.
  public var edgeMs = 30.0
  /// ... unless it has decayed this far below the leg's loud talk, in dB.
  public var decayDb = 26.0
  /// A leg dies when its level falls this far within `fallMs`, in dB.
  public var fallDb = 20.0
  /// A leg dies when it falls this far into digital silence, in dB, having carried live noise.
  public var fallToSilenceDb = 12.0
  /// The time within which a dying leg falls, in ms.
  public var fallMs = 15.0
  /// A busy tone this close to the last word tells that the leg died, in s.
  public var busyAfterS = 0.5
  /// The other party talks on this long after a leg died whose noise went with it, in s.
  public var talkOnS = 0.3
  /// The other party talks on this long without an answer after a leg died that had no noise to lose, in s.
  public var talkToNobodyS = 4.0
  /// A customer who spoke less than this did not converse, in s.
  public var conversationMinimumS = 0.5
  /// A pause in which a speaker waits for an answer, in s: announcements leave none, people who get no answer do.
  public var waitS = 1.0
  /// So many such pauses tell a person who gets no answer from an announcement.
  public var waits = 2
  /// A hold that reaches this close to the end was left, in s; beeps may pause once more as they did before.
  public var musicTailS = 3.0

  /// The shipped settings.
  public init() {}
}

/// The quality of the line.
public struct LineSettings: Sendable, Hashable, Codable {
  /// A hole's samples stay within this, in LSB.
  public var holeHighestLsb = 9.0
  /// The samples beside a hole reach at least this, in LSB.
  public var holeEdgeLsb = 120.0
  /// The shortest hole, in ms: packets carry 20 ms.
  public var holeShortestMs = 14.0
  /// The longest hole, in ms.
  public var holeLongestMs = 90.0
  /// GSM 6.10 smears a hole; from it sound comes back by this factor or more within 2.5 ms.
  public var smearedLeap = 30.0
  /// Before it, sound has fallen by this factor or more within 5 ms.
  public var smearedFall = 6.0
  /// The samples beside a smeared hole reach at least this, in LSB.
  public var smearedEdgeLsb = 600.0
  /// A packet is sent again at most this long after it, in ms: packets carry 10 to 40 ms.
  public var repeatLagMs = 40.0
  /// Its samples reach at least this somewhere, in LSB: fainter ones may be the same by chance where a codec has few steps.
  public var repeatEdgeLsb = 1000.0
  /// What is sent again lasts at most this long, in ms: then concealment fades out, and what still repeats is a tone.
  public var repeatLongestMs = 90.0
  /// Whether the legs are in step is judged over this long, in s: some ten changes of speaker.
  public var skewWindowS = 60.0
  /// Each party talks at least this long in it, in s.
  public var skewTalkS = 5.0
  /// The legs may be out of step where both parties talk at once at least this often, 1 being chance; in step it is
  /// at most 0.45 in a minute, 2 s out of step 0.7 in nine calls of ten (our measurement).
  public var skewOverlapRatio = 0.5
  /// They are, where both talk at once less than half as often with one leg moved by at least this, in s: a pause
  /// within a turn is as long.
  public var skewShortestS = 0.5
  /// ... and at most this, in s.
  public var skewLongestS = 10.0
  /// A leg is one-way when the other talked at least this long without an answer, in s.
  public var oneWayTalkS = 5.0
  /// ... in at least this many stretches with a wait for an answer between them.
  public var oneWayStretches = 3

  /// The shipped settings.
  public init() {}
}

/// Level, pitch and pace.
public struct VoiceSettings: Sendable, Hashable, Codable {
  /// Speech shorter than this has no level, in s.
  public var levelMinimumS = 0.5
  /// Less time without speech than this has no noise level, in s.
  public var noiseMinimumS = 0.5
  /// Fewer voiced frames than this give no pitch, in s.
  public var pitchMinimumS = 1.0
  /// A syllable nucleus stands this far above the dips beside it, in dB (de Jong and Wempe 2009).
  public var syllableDipDb = 2.0
  /// A syllable nucleus lies at most this far below the leg's loud talk, in dB (de Jong and Wempe 2009).
  public var syllableDepthDb = 25.0
  /// Talk shorter than this has no pace, in s.
  public var paceMinimumS = 5.0

  /// The shipped settings.
  public init() {}
}

/// Where a party's voice changes for good against its own beginning.
public struct EscalationSettings: Sendable, Hashable, Codable {
  /// Talkspurts with shorter pauses are one utterance, in s.
  public var utterancePauseS = 0.6
  /// Shorter utterances have no voice to speak of, in s.
  public var utteranceMinimumS = 0.4
  /// This many utterances at least stand before and after the change.
  public var utterancesOnEachSide = 3
  /// A speaker's level varies at least this much from utterance to utterance, in dB.
  public var levelSpreadDb = 3.0
  /// A speaker's pitch varies at least this much, in semitones.
  public var pitchSpreadSemitones = 2.0
  /// A speaker's tilt (1 to 3.5 kHz over 0.25 to 1 kHz) varies at least this much, in dB.
  public var tiltSpreadDb = 3.0
  /// The change summed over the three features, in spreads, times the root of the harmonic count of utterances,
  /// from which it is reported: calm speakers reach 2.8, acted anger 6.4 and more (our measurement).
  public var evidence = 4.5
  /// At least two features move by this many spreads.
  public var featureChange = 0.5

  /// The shipped settings.
  public init() {}
}

/// Telling the voices of both parties apart on one channel. A voice's own variation is 1 in the units of distance.
public struct VoicesSettings: Sendable, Hashable, Codable {
  /// On a channel that carries both parties the core reaches this far below the louder party, in dB: the quieter
  /// may lie a dozen lower.
  public var coreDepthDb = 26.0
  /// There talk ends where its `st` falls below this, in dB: words cut in two tell less of a voice.
  public var offsetDb = 1.2
  /// There talkspurts are held, where the core's median `st` lies below this, in dB.
  public var holdBelowDb = 18.0
  /// Talkspurts are cut at their dips until no segment is longer, in s: a voice needs a sentence to be known, and a
  /// longer segment holds both parties too often.
  public var segmentLongestS = 2.0
  /// A cut keeps this far from the ends of what it cuts, in s.
  public var segmentShortestS = 0.4
  /// Frames within this of a segment's loud ones describe its voice, in dB.
  public var depthDb = 27.0
  /// A segment with less of them is known by its neighbours, in ms.
  public var strongMinimumMs = 250.0
  /// Segments this far below the loud talk are nobody's, in dB.
  public var islandDb = 24.0
  /// With so many frames a segment's chance variation equals that between segments of one party.
  public var segmentNoiseFrames = 60.0
  /// The voices are learnt from so many segments at most, spread over the call.
  public var learntSegments = 2000
  /// How often a segment has the voice of the one it touches.
  public var stay = 0.8
  /// The logarithm of the odds of two voices over one from which there are two; below 0, because a recording of a call
  /// has two as a rule.
  public var twoVoicesOdds = -1.5
  /// A gap between segments from this long is a pause, in s.
  public var pauseS = 0.2
  /// From this long a pause is the other party's turn, which this channel does not carry, or else is rare, in s.
  public var silentTurnS = 1.5
  /// The evidence for a change of mood over two voices that stay what they are, from which it is believed.
  public var moodEvidence = 10.0
  /// ... and the change lies so many times further apart than the two voices.
  public var moodRatio = 2.0
  /// A change of mood makes the separation less sure by this.
  public var moodDoubt = 0.15
  /// Fewer segments than this show no change of mood.
  public var moodMinimumSegments = 16
  /// With more segments none is looked for: it would cost too much.
  public var moodMaximumSegments = 1000
  /// To count voices, the variance between turns of one party is this, in that of its segments.
  public var turnVariance = 0.3
  /// Turns that lie nearer than this, squared and in variances within a party, are the same sound twice: two
  /// utterances of one party never do (our measurement).
  public var copyDistance = 2.0
  /// Segments with a pitch above this, in Hz, are of a raised voice and do not count as a voice's own, unless half of
  /// the talk is: the pitch of women who converse has a mean of 210 Hz and a deviation of 20 (Traunmueller and
  /// Eriksson 1995).
  public var raisedHz = 265.0
  /// With less talk than this, in s, nobody is a third voice.
  public var thirdTalkS = 3.0
  /// Of three voices the two most alike are moods of one where they lie this far apart in pitch, in semitones.
  public var moodSemitones = 10.0
  /// The logarithm of the odds of a third voice from which there are more than two; above 0, because two are more
  /// often taken for three than three talk.
  public var thirdOdds = 0.25
  /// From these odds a third voice is to be reckoned with
  public var thirdDoubtOdds = -0.1
  /// ... and two voices are told with this confidence at most; as where the odds of two are below 0.
  public var doubtedConfidence = 0.85
  /// From this confidence the parties' talk is trusted, 0 to 1.
  public var trustedConfidence = 0.87
  /// Which voice is the agent's, as natural logarithms of odds fitted to simulated calls: who speaks first.
  public var firstOdds = 0.55
  /// ... and more so after a ring.
  public var ringOdds = 1.3
  /// ... or where the first turn is long: a greeting is, a caller's first word is not.
  public var greetingOdds = 1.2
  /// A first turn from this long is a greeting, in s.
  public var greetingS = 2.5
  /// A reply within this, in s, says that the agent spoke first: callers answer a greeting at once.
  public var replyS = 0.6
  /// ... by so much for each second it comes sooner or later, up to half a second.
  public var replyOddsPerS = 3.2
  /// The agent speaks last before music.
  public var beforeHoldOdds = 1.4
  /// ... and first after it.
  public var afterHoldOdds = 0.5
  /// From this long the line was silent for a reason, in s.
  public var silenceS = 4.0
  /// The agent speaks last before long silence.
  public var beforeSilenceOdds = 0.3
  /// ... and first after it.
  public var afterSilenceOdds = 0.5

  /// The shipped settings.
  public init() {}
}

/// What is reported as a finding.
public struct FindingSettings: Sendable, Hashable, Codable {
  /// The recording ends this soon after the customer's last word where the closing was rushed, in s.
  public var rushedClosingS = 0.5
  /// Dead air from this long is a finding, in s.
  public var deadAirS = 10.0
  /// Dead air from this long is an alert, in s.
  public var deadAirAlertS = 30.0
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

/// How long recordings are cut into sections, so that memory does not grow with length.
public struct SectionSettings: Sendable, Hashable, Codable {
  /// The longest section whose features are held at once, in s.
  public var lengthS = 450.0
  /// Neighbouring sections share this much context on either side of the seam, in s.
  public var contextS = 60.0

  /// The shipped settings.
  public init() {}
}

/// What makes a stretch of sound that several calls share a recorded prompt; only `ingest` looks for them.
public struct PromptSettings: Sendable, Hashable, Codable {
  /// Heard in this many calls or more, it is a recording and not a person.
  public var minimumCalls = 3
  /// Shorter shared stretches are chance or a single word, in s.
  public var minimumS = 1.5
  /// Fewer shared landmarks than this are chance: other voices share up to 5 in 2 s (our measurement).
  public var minimumLandmarks = 8
  /// Shared landmarks in each second; the same recording gives 4 to 12 on other lines (our measurement).
  public var landmarksPerS = 2.5
  /// A pause longer than this without a shared landmark ends a stretch, in s.
  public var gapS = 1.5
  /// A prompt reaches to the end of the talkspurt it begins or ends in, where that is no farther than this, in s.
  public var edgeS = 0.6
  /// The share of the agent's talk that prompts cover where nobody answers, 0 to 1.
  public var coveredRatio = 0.9
  /// So many of the newest calls are remembered by their landmarks, some 10 kB for a minute of the agent's talk.
  public var rememberedCalls = 2000

  /// The shipped settings.
  public init() {}
}
