internal import CallModel

/// The level of the quiet parts of a leg, by which music is told from what hums on before and after it.
enum MusicBackground {
  /// The level of what is heard beside some runs of steps, in dBov; -200 where that is too short to be measured.
  static func level(beside runs: [Range<Int>], in loudness: [Float], bridge: Int) -> Float {
    let beside = loudness.taken(by: runs.mask(count: loudness.count).map { !$0 })
    // Less than the longest gap in music says nothing.
    return beside.count >= bridge ? level(of: beside) : -200
  }

  /// The level that some sound does not fall below for long, in dBov.
  static func level(of loudness: [Float]) -> Float { loudness.quantile(quantile) ?? -200 }

  /// What is quieter for a fifth of the time is rests.
  private static let quantile = 0.2
}
