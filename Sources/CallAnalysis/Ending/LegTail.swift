internal import RealModule

/// How one leg ends.
struct LegTail {
  /// Where the leg dies, in frames of the call: where the final digital silence begins; nil where the leg is live to the
  /// end. Tones do not count as life: a busy tone follows after a leg has died.
  var deadFrom: Int?
  /// Whether the leg carried live noise outside speech before.
  var hadNoise = false
  /// The natural logarithm of the odds that a word is cut where the leg dies, or by the end of the recording; nil
  /// where it carries no talk to compare with, or does not fall where it dies.
  var cutOdds: Double?

  /// From these odds a word is called cut, as a logarithm: above even, as fewer calls are cut than of those to which
  /// the odds are fitted (docs/measurements/ending.md).
  private static let cutFrom = 0.5

  /// Whether the leg ends with the sound of a cut word.
  var soundsCut: Bool { cutOdds.map { $0 > Self.cutFrom } ?? false }

  /// Whether that shows that a word is cut. On a leg without noise a natural last word falls into silence as steeply,
  /// where a gate closes.
  var isCut: Bool { soundsCut && (deadFrom == nil || hadNoise) }

  /// How probable a cut is, 0 to 0.99, to hundredths: of surer cases there were too few to tell.
  var cutProbability: Double { cutOdds.map { min(99, (100 / (1 + .exp(-$0))).rounded()) / 100 } ?? 0 }
}
