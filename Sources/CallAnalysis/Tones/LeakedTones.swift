internal import CallModel

/// Tones that are heard on a leg only because they sound much louder on the other.
enum LeakedTones {
  /// For each tone of a leg whether it is one of the other leg's.
  static func areLeaked(_ tones: [Tone], from other: [Tone]) -> [Bool] {
    tones.map { tone in
      other.contains {
        $0.sharesFrequency(with: tone) && $0.frames.overlaps(tone.frames)
          && $0.level > tone.level + leakedDb
      }
    }
  }

  /// A tone is the other leg's where that is this much louder at the same time, in dB: less may be two tones of two
  /// exchanges.
  private static let leakedDb: Float = 8
}
