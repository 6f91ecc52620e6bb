internal import CVectors

/// Oblivious decision trees of four levels: on each level one question for all frames.
public struct DecisionTrees: Sendable {
  private let trees: [ObliviousTree]

  /// The number of columns that they ask.
  public let columnCount: Int

  /// Trees from rows of 24 numbers: four columns, the threshold of each, then the values of sixteen leaves. A frame whose
  /// value is above the threshold of level l has bit l in the number of its leaf.
  ///
  /// - Precondition: columns and thresholds are 0 to 255, and no sum of leaves needs more than 16 bits.
  public init(rows: [Int16]) {
    precondition(rows.count % 24 == 0, "a tree has 24 numbers")
    trees = stride(from: 0, to: rows.count, by: 24).map { first in
      var tree = ObliviousTree()
      withUnsafeMutableBytes(of: &tree) { bytes in
        for place in 0..<8 { bytes[place] = UInt8(rows[first + place]) }
        for leaf in 0..<16 {
          bytes.storeBytes(of: rows[first + 8 + leaf], toByteOffset: 8 + 2 * leaf, as: Int16.self)
        }
      }
      return tree
    }
    columnCount =
      stride(from: 0, to: rows.count, by: 24).flatMap { rows[$0..<$0 + 4] }.max().map { Int($0) + 1 } ?? 0
    let largest = stride(from: 0, to: rows.count, by: 24).reduce(0) { sum, first in
      sum + (rows[first + 8..<first + 24].map { abs(Int($0)) }.max() ?? 0)
    }
    precondition(largest <= Int(Int16.max), "the sum of leaves must fit in 16 bits")
  }

  /// The sum of the leaves of each frame; 0 in groups of 64 frames of which none is chosen.
  ///
  /// - Precondition: a column of the table varies.
  public func sums(over table: ByteTable, where isChosen: [Bool]) -> [Int16] {
    precondition(table.columnCount >= columnCount && isChosen.count == table.frameCount)
    let trees = TreesOfVaryingColumns(trees, in: table).trees
    var sums = [Int16](repeating: 0, count: table.stride)
    sums.withUnsafeMutableBufferPointer { sums in
      table.bytes.withUnsafeBufferPointer { bytes in
        guard let base = sums.baseAddress, let columns = bytes.baseAddress else { return }
        for first in stride(from: 0, to: table.frameCount, by: 64)
        where isChosen[first..<min(first + 64, isChosen.count)].contains(true) {
          sumLeaves(
            columns + first, stride: table.stride, trees: trees, count: trees.count, into: base + first)
        }
      }
    }
    return Array(sums[..<table.frameCount])
  }

  /// What the sum of a frame is made of: the sum of all means over leaves, and what each column adds to it.
  ///
  /// Level by level, the mean of the leaves that are left changes with the answer; the change is the column's (Saabas
  /// 2014). The mean and all that is added make the sum.
  public func contributions(over table: ByteTable, frame: Int) -> (mean: Float, added: [Float]) {
    var (mean, added) = (Float(0), [Float](repeating: 0, count: table.columnCount))
    for tree in trees {
      withUnsafeBytes(of: tree) { bytes in
        var leaves = (0..<16).map { Float(bytes.load(fromByteOffset: 8 + 2 * $0, as: Int16.self)) }
        var before = leaves.reduce(0, +) / 16
        mean += before
        for level in 0..<4 {
          let column = Int(bytes[level])
          let isAbove = table[frame: frame, column: column] > bytes[4 + level]
          // The leaves in which this level has the answer; the next level is the lowest bit of what is left.
          leaves = leaves.indices.filter { ($0 & 1 == 1) == isAbove }.map { leaves[$0] }
          let after = leaves.reduce(0, +) / Float(leaves.count)
          added[column] += after - before
          before = after
        }
      }
    }
    return (mean, added)
  }
}
