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
