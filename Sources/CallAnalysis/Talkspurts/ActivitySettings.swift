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
