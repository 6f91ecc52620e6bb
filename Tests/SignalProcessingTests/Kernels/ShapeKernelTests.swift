import CVectors.Clones
import Foundation
import TestSupport
import Testing

struct ShapeKernelTests {
  private let bands = Signal.noise(rms: 1, seconds: 0.03, seed: 1).map { Float($0 * $0) + 1e-3 }

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

  /// Of three steps the first and the last are chosen; frames lie 30 floats apart.
  private let isChosen: [UInt8] = [1, 0, 1]
  private let stride = 30

  @Test func shapesAreAddedUp() {
    var number = 0
    let found = agreed(clones(add_shapes_baseline, add_shapes_wide, addShapes)) { add in
      var sums = [Float](repeating: 0, count: 48)
      number = add(bands, stride, isChosen, isChosen.count, &sums)
      return sums
    }
    #expect(number == 2)
    let plain = zip(shape(0, 30), shape(120, 150)).map { $0 + $1 }
    // The logarithm is straight between powers of two: at most 0.09 off, and so is the mean, in each of two steps.
    for (one, other) in zip(places(found[0..<24]), plain) { #expect(abs(Double(one) - other) < 0.36) }
    let squares = zip(shape(0, 30), shape(120, 150)).map { $0 * $0 + $1 * $1 }
    for (one, other) in zip(places(found[24..<48]), squares) {
      #expect(abs(Double(one) - other) < 0.36 * (other.squareRoot() + 0.36))
    }
    #expect(found[16..<21].allSatisfy { $0 == 0 })
  }

  @Test func theNearerShapeIsTold() {
    var own = [Float](repeating: 0, count: 48)
    _ = addShapes(bands, stride: stride, where: [1], count: 1, to: &own)
    var other = own
    for place in 0..<24 {
      own[24 + place] = place < 16 || place >= 21 ? 1 : 0
      other[24 + place] = own[24 + place]
      other[place] += own[24 + place] * 2
    }
    let found = agreed(clones(compare_shapes_baseline, compare_shapes_wide, compareShapes)) { compare in
      var distances: [Float] = [7, 7, 7]
      compare(bands, stride, isChosen, isChosen.count, own, other, &distances)
      return distances
    }
    // Nineteen bands that each lie 2 further from the other shape.
    #expect(abs(found[0] - 19 * 4) < 1e-3)
    #expect(found[1] == 7 && found[2] != 7)
  }

  @Test func sharesOfLowBandsAreTold() {
    let found = agreed(clones(low_shares_baseline, low_shares_wide, lowShares)) { share in
      var shares: [Float] = [7, 7, 7]
      share(bands, stride, isChosen, isChosen.count, &shares)
      return shares
    }
    func sum(_ from: Int, _ count: Int) -> Float {
      (0..<count).reduce(0) { $0 + bands[from + $1] + bands[from + 30 + $1] }
    }
    expectEqual(found, [sum(0, 8) / sum(0, 19), 7, sum(120, 8) / sum(120, 19)])
  }
}
