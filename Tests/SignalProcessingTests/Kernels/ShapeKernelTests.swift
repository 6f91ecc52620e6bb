import CVectors.Clones
import Foundation
import TestSupport
import Testing

struct ShapeKernelTests {
  private let bands = Signal.noise(rms: 1, seconds: 0.02, seed: 1).map { Float($0 * $0) + 1e-3 }

  /// The binary logarithms of the bands of two frames, less their mean.
  private func shape(_ first: Int, _ second: Int) -> [Double] {
    let logarithms = (0..<19).map { log2(Double(bands[first + $0] + bands[second + $0])) }
    let mean = logarithms.reduce(0, +) / 19
    return logarithms.map { $0 - mean }
  }

  private func places(_ laidOut: ArraySlice<Float>) -> [Float] {
    let all = Array(laidOut)
    return Array(all[0..<16] + all[21..<24])
  }

  @Test func shapesAreAddedUp() {
    let found = agreed(clones(add_shape_baseline, add_shape_wide, addShape)) { add in
      var sums = [Float](repeating: 0, count: 48)
      add(bands, Array(bands[30...]), &sums)
      return sums
    }
    let plain = shape(0, 30)
    // The logarithm is straight between powers of two: at most 0.09 off, and so is the mean.
    for (one, other) in zip(places(found[0..<24]), plain) { #expect(abs(Double(one) - other) < 0.18) }
    for (one, square) in zip(places(found[0..<24]), places(found[24..<48])) {
      #expect(abs(one * one - square) <= 1e-5 * square)
    }
    #expect(found[16..<21].allSatisfy { $0 == 0 })
  }

  @Test func theNearerShapeIsTold() {
    var own = [Float](repeating: 0, count: 48)
    addShape(bands, Array(bands[30...]), to: &own)
    var other = own
    for place in 0..<24 {
      own[24 + place] = place < 16 || place >= 21 ? 1 : 0
      other[24 + place] = own[24 + place]
      other[place] += own[24 + place] * 2
    }
    let found = agreed(clones(compare_shapes_baseline, compare_shapes_wide, compareShapes)) { compare in
      [compare(bands, Array(bands[30...]), own, other)]
    }
    // Nineteen bands that each lie 2 further from the other shape.
    #expect(abs(found[0] - 19 * 4) < 1e-3)
  }
}
