import CVectors.Clones
import Testing

struct TreeKernelTests {
  @Test func leavesAreThoseOfPlainTrees() {
    let columns = (0..<7 * 96).map { UInt8(truncatingIfNeeded: $0 * 151 + $0 * $0 / 3) }
    let trees = (0..<20).map { number in
      var tree = ObliviousTree()
      withUnsafeMutableBytes(of: &tree) { bytes in
        for level in 0..<4 {
          bytes[level] = UInt8((number + 2 * level) % 7)
          bytes[4 + level] = UInt8(truncatingIfNeeded: number * 37 + level * 91)
        }
        for leaf in 0..<16 {
          bytes.storeBytes(
            of: Int16(truncatingIfNeeded: leaf * 173 - 1500 + number), toByteOffset: 8 + 2 * leaf,
            as: Int16.self)
        }
      }
      return tree
    }
    let found = agreed(clones(sum_leaves_baseline, sum_leaves_wide, sumLeaves)) { sum in
      var sums = [Int16](repeating: 5, count: 64)
      sum(columns, 96, trees, trees.count, &sums)
      return sums
    }
    let plain = (0..<64).map { frame in
      (0..<20).reduce(0) { sum, number in
        let leaf = (0..<4).reduce(0) { leaf, level in
          let threshold = UInt8(truncatingIfNeeded: number * 37 + level * 91)
          return columns[(number + 2 * level) % 7 * 96 + frame] > threshold ? leaf + 1 << level : leaf
        }
        return sum + leaf * 173 - 1500 + number
      }
    }
    #expect(found.map(Int.init) == plain)
  }
}
