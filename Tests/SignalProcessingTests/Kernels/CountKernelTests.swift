import CVectors.Clones
import TestSupport
import Testing

struct CountKernelTests {
  @Test(arguments: [1, 7, 8, 9, 200]) func valuesAreCountedAsInPlainLoops(_ count: Int) {
    let values = (0..<count).map { Float($0 * 37 % 200) / 8 - 2.4 }
    let included = (0..<count).map { UInt8($0 % 3 == 1 ? 0 : 1) }
    let plain = Plain.steps(values, offset: 1, scale: 2, steps: 40)
    for mask in [nil, included] {
      let found = agreed(clones(count_values_baseline, count_values_wide, countValues)) { add in
        var counts = [Int32](repeating: 0, count: 40)
        let number = add(values, mask, count, 3, 1, 2, 40, &counts)
        return counts + [Int32(number)]
      }
      var expected = [Int32](repeating: 0, count: 41)
      for (index, step) in plain.enumerated() where (mask?[index] ?? 1) == 1 {
        expected[step] += 3
        expected[40] += 3
      }
      #expect(found == expected)
    }
  }

  @Test(arguments: [1, 3]) func blocksOfBandsAreCountedAsInPlainLoops(_ width: Int) {
    let power = Signal.noise(rms: 1, seconds: 0.1, seed: 9).map { Float($0 * $0) }
    let included = (0..<29).map { UInt8($0 % 7 == 2 ? 0 : 1) }
    let row = 1040
    let found = agreed(clones(count_band_blocks_baseline, count_band_blocks_wide, countBandBlocks)) { add in
      var counts = [Int32](repeating: 0, count: 19 * row)
      let blocks = add(power, 26, width, included, 29, &counts, row)
      return counts + [Int32(blocks)]
    }
    var expected = [Int32](repeating: 0, count: 19 * row + 1)
    for block in stride(from: 0, through: 29 - width, by: width)
    where included[block..<block + width].allSatisfy({ $0 == 1 }) {
      expected[19 * row] += 1
      for band in 0..<19 {
        let sum = (block..<block + width).reduce(Float(0)) { $0 + power[26 * $1 + band] }
        // Sixteen even steps in each octave from 2^-55 on.
        let octave = Int(sum.exponent)
        expected[band * row + (octave + 55) * 16 + Int((sum.significand - 1) * 16)] += 1
      }
    }
    #expect(found == expected)
  }
}
