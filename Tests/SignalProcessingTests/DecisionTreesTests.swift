import SignalProcessing
import Testing

@Suite struct DecisionTreesTests {
  /// Trees of which some ask columns that are the same in all frames: none to all of their questions.
  private static let rows: [Int16] = (0..<60).flatMap { tree in
    let columns = (0..<4).map { Int16((tree * 5 + $0 * 3 + tree / 7) % 9) }
    let thresholds = (0..<4).map { Int16((tree * 37 + $0 * 91) % 256) }
    return columns + thresholds + (0..<16).map { Int16(($0 * 173 + tree * 31) % 400 - 200) }
  }

  @Test(arguments: [[], [2], [0, 3, 4, 5, 8], Array(1..<9)]) func sumsAreThoseOfAllLeaves(_ constants: [Int])
  {
    let frames = 200
    var table = ByteTable(frames: frames, columns: 9)
    let columns = (0..<9).map { column in
      (0..<frames).map { frame in
        constants.contains(column)
          ? UInt8(column * 31) : UInt8(truncatingIfNeeded: (frame + column * 17) * 151 + frame * frame / 3)
      }
    }
    for (index, column) in columns.enumerated() {
      if constants.contains(index) { table.append(constant: column[0]) } else { table.append(column) }
    }
    let trees = DecisionTrees(rows: Self.rows)
    let sums = trees.sums(over: table, where: [Bool](repeating: true, count: frames))
    for frame in 0..<frames {
      let plain = stride(from: 0, to: Self.rows.count, by: 24).reduce(0) { sum, first in
        let leaf = (0..<4).reduce(0) { leaf, level in
          let value = columns[Int(Self.rows[first + level])][frame]
          return value > UInt8(Self.rows[first + 4 + level]) ? leaf + 1 << level : leaf
        }
        return sum + Int(Self.rows[first + 8 + leaf])
      }
      #expect(Int(sums[frame]) == plain)
      let (mean, added) = trees.contributions(over: table, frame: frame)
      #expect(abs(mean + added.reduce(0, +) - Float(plain)) < 0.1)
    }
  }

  @Test func onlyGroupsWithChosenFramesAreAsked() {
    var table = ByteTable(frames: 200, columns: 9)
    for column in 0..<9 { table.append([UInt8](repeating: UInt8(column * 31), count: 200)) }
    let sums = DecisionTrees(rows: Self.rows).sums(over: table, where: (0..<200).map { $0 == 130 })
    #expect(sums[130] != 0 && sums[0..<128].allSatisfy { $0 == 0 } && sums[192...].allSatisfy { $0 == 0 })
  }
}
