import CVectors.Clones
import TestSupport
import Testing

struct FloorKernelTests {
  /// Twenty-four values as the kernel lays out nineteen bands.
  private func spread(_ bands: [Float]) -> [Float] { Array(bands[0..<16] + bands[11..<19]) }

  @Test func theFloorRunsAsInPlainLoops() {
    let power = Signal.noise(rms: 1, seconds: 0.4, seed: 4).map { Float($0 * $0) }
    let unknown = [Float](repeating: .infinity, count: 24)
    let earlier = (0..<19).map { $0 % 3 == 0 ? Float.infinity : power[$0] }
    var plain: [Float] = []
    var (plainLatest, plainMinimum) = (Array(unknown[0..<19]), Array(unknown[0..<19]))
    for step in 0..<30 {
      plain.append(
        contentsOf:
          Plain.compareWithFloor(
            Array(power[40 * step..<40 * step + 19]), Array(power[40 * step + 20..<40 * step + 39]),
            lowest: 0.1,
            earlier: earlier, latest: &plainLatest, minimum: &plainMinimum))
    }
    let found = agreed(clones(compare_with_floor_baseline, compare_with_floor_wide, compareWithFloor)) {
      compare in
      var (latest, minimum) = (unknown, unknown)
      let ratios = (0..<30).flatMap { step in
        power.withUnsafeBufferPointer {
          let first = $0.baseAddress! + 40 * step
          let ratio = compare(first, first + 20, 0.1, spread(earlier), &latest, &minimum)
          return [ratio.meanRoot, ratio.lowest]
        }
      }
      #expect(latest[16 + 5..<24] == plainLatest[16..<19])
      #expect(minimum[0..<16] == plainMinimum[0..<16])
      return ratios
    }
    expectEqual(found, plain)
  }
}
