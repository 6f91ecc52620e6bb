internal import SignalProcessing

/// A distribution of levels in dB, for several quantiles of the same levels: counted in steps of 0.02 dB between
/// -200 and 100, or exact where there are few.
struct Levels {
  /// Up to so many levels are kept as they are: sorting them costs less than searching the counts.
  static let exactMaximum = 256

  private var counts = ValueCounts(from: -200, steps: 15_001, perUnit: 50)
  /// The levels in ascending order; empty where they are counted.
  private var exact: [Float] = []

  /// The number of levels.
  var count: Int { counts.total }

  /// The levels at which a mask of the same length is true, or all without a mask.
  init(_ levels: [Float], where taken: [Bool]? = nil) {
    counts.add(levels, in: levels.indices, where: taken)
    if count <= Self.exactMaximum { exact = (taken.map { levels.taken(by: $0) } ?? levels).sorted() }
  }

  /// The level below which the fraction `q` lies, nearest rank, in dB; nil where there is none.
  func quantile(_ q: Double) -> Float? {
    guard count > 0 else { return nil }
    let rank = max(0, min(count - 1, Int(q * Double(count))))
    return exact.isEmpty ? counts.value(rank: rank) : exact[rank]
  }
}

extension [Float] {
  /// The level below which the fraction `q` lies, as ``Levels`` measures it, in dB; nil for an empty list.
  func decibelQuantile(_ q: Double) -> Float? {
    count > Levels.exactMaximum ? Levels(self).quantile(q) : quantile(q)
  }
}
