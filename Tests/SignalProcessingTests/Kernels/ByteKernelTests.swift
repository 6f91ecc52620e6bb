import CVectors.Clones
import TestSupport
import Testing

struct ByteKernelTests {
  private let values = Signal.noise(rms: 1, seconds: 0.02, seed: 1).map { Float($0) }
  private let bytes = (0..<150).map { UInt8(truncatingIfNeeded: $0 * 89 + $0 * $0) }

  @Test(arguments: [1, 8, 37, 160]) func valuesBecomeBytes(_ count: Int) {
    let found = agreed(clones(to_bytes_baseline, to_bytes_wide, toBytes)) { convert in
      var bytes = [UInt8](repeating: 7, count: count)
      convert(values, count, -1, 100, &bytes)
      return bytes
    }
    #expect(found == values[..<count].map { UInt8(min(max(($0 + 1) * 100, 0), 255)) })
  }

  @Test(arguments: [3, 32, 70, 110]) func theLargerOfTwoIsTaken(_ count: Int) {
    let found = agreed(clones(larger_bytes_baseline, larger_bytes_wide, largerBytes)) { largest in
      var result = [UInt8](repeating: 0, count: count)
      largest(bytes, Array(bytes[40...]), count, &result)
      return result
    }
    #expect(found == (0..<count).map { max(bytes[$0], bytes[$0 + 40]) })
  }

  @Test(arguments: [1, 16, 75]) func bytesAreDoubled(_ count: Int) {
    let found = agreed(clones(double_bytes_baseline, double_bytes_wide, doubleBytes)) { double in
      var doubled = [UInt8](repeating: 0, count: 2 * count)
      double(bytes, count, &doubled)
      return doubled
    }
    #expect(found == bytes[..<count].flatMap { [$0, $0] })
  }
}
