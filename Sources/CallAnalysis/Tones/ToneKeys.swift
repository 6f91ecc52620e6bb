/// The sixteen pairs of frequencies of telephone keys (ITU-T Q.23). Which key it is serves to tell one press from the
/// next alone; it is never reported.
enum ToneKeys {
  /// The index of the key with these two lines, in Hz; nil where no key has them.
  static func index(low: Float, high: Float) -> Int? {
    guard let row = rows.firstIndex(where: { abs(low - $0) < toleranceShare * $0 }),
      let column = columns.firstIndex(where: { abs(high - $0) < toleranceShare * $0 })
    else { return nil }
    return columns.count * row + column
  }

  /// In Hz.
  private static let rows: [Float] = [697, 770, 852, 941]
  /// In Hz.
  private static let columns: [Float] = [1209, 1336, 1477, 1633]
  /// The lines of a key lie this close to its frequencies, as a share (ITU-T Q.24: 1.5 to 3.5 %).
  private static let toleranceShare: Float = 0.02
}
