internal import CVectors

/// Decision trees without their questions for columns that are the same in all frames, in fewer trees: of trees that
/// together have four questions or less, one is made whose leaves are the sums of theirs.
struct TreesOfVaryingColumns {
  /// The trees; their columns are rows of the table.
  let trees: [ObliviousTree]

  /// What is left of trees that ask the columns of a table.
  init(_ trees: [ObliviousTree], in table: ByteTable) {
    var joined: [Questions] = []
    for tree in trees.map({ Questions($0, in: table) }).sorted(by: { $0.count > $1.count }) {
      if let place = joined.firstIndex(where: { $0.count + tree.count <= Questions.most }) {
        joined[place].join(tree)
      } else {
        joined.append(tree)
      }
    }
    self.trees = joined.map(\.tree)
  }
}

/// The questions of a tree, and the values of its leaves.
private struct Questions {
  /// A tree has so many at most.
  static let most = 4

  private(set) var count = 0
  private var rows = InlineArray<4, UInt8>(repeating: 0)
  /// No byte is above 255: what is not asked is not answered.
  private var thresholds = InlineArray<4, UInt8>(repeating: 255)
  private var leaves = InlineArray<16, Int16>(repeating: 0)

  /// Those of a tree that the columns of a table leave open.
  init(_ tree: ObliviousTree, in table: ByteTable) {
    withUnsafeBytes(of: tree) { bytes in
      // The bits of a leaf's number: those that are answered, and of each open question its own.
      var answered = 0
      var bits = InlineArray<4, Int>(repeating: 0)
      for level in 0..<Self.most {
        switch table.columns[Int(bytes[level])] {
        case .constant(let value): if value > bytes[Self.most + level] { answered |= 1 << level }
        case .row(let row):
          (rows[count], thresholds[count], bits[count]) = (UInt8(row), bytes[Self.most + level], 1 << level)
          count += 1
        }
      }
      for leaf in 0..<1 << count {
        var number = answered
        for question in 0..<count where leaf >> question & 1 == 1 { number |= bits[question] }
        leaves[leaf] = bytes.load(fromByteOffset: 8 + 2 * number, as: Int16.self)
      }
    }
  }

  /// Adds those of another tree, for which there is room: its leaves are added to each of the leaves here.
  mutating func join(_ other: Questions) {
    let own = leaves
    for leaf in 0..<1 << (count + other.count) {
      leaves[leaf] = own[leaf & (1 << count - 1)] + other.leaves[leaf >> count]
    }
    for question in 0..<other.count {
      rows[count] = other.rows[question]
      thresholds[count] = other.thresholds[question]
      count += 1
    }
  }

  /// The tree.
  var tree: ObliviousTree {
    var tree = ObliviousTree()
    withUnsafeMutableBytes(of: &tree) { bytes in
      for level in 0..<Self.most {
        bytes[level] = rows[level]
        bytes[Self.most + level] = thresholds[level]
      }
      for leaf in leaves.indices {
        bytes.storeBytes(of: leaves[leaf], toByteOffset: 8 + 2 * leaf, as: Int16.self)
      }
    }
    return tree
  }
}
