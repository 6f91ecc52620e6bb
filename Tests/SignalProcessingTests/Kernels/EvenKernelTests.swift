import CVectors.Clones
import Foundation
import TestSupport
import Testing

struct EvenKernelTests {
  private let values = Signal.noise(rms: 1, seconds: 0.1, seed: 3).map { Float($0) }

  @Test(arguments: [10, 17, 30]) func aFoldedTransformIsThatOfTheWholeSequence(_ end: Int) {
    let count = 64
    // Both ends of the half that is given are 0.
    let sequences = [values[0..<63], values[63..<126]].map { [0] + Array($0) + [0] }
    let angles = (0..<count / 2).map { Double.pi * Double($0) / Double(count) }
    let (sines, cosines) = (angles.map { Float(2 * sin($0)) }, angles.map { Float(2 * cos($0)) })
    let folded = agreed(clones(fold_even_baseline, fold_even_wide, foldEven)) { fold in
      var (complex, atOne) = ([Float](repeating: 0, count: 2 * count + 2), [Float](repeating: 0, count: 2))
      fold(sequences[0], sequences[1], sines, cosines, &complex, count, &atOne)
      return complex[..<(2 * count)] + atOne
    }
    let transform = Slow.transform(Array(folded[..<(2 * count)]), sign: -1) + [0, 0]
    let weights = (0..<2 * end + 16).map { 1 + Float($0 / 2) / 64 }
    let found = agreed(clones(unfold_even_baseline, unfold_even_wide, unfoldEven)) { unfold in
      var lags = [Float](repeating: 0, count: 2 * end + 16)
      unfold(transform, count, Array(folded[(2 * count)...]), weights, end, &lags)
      return Array(lags[4..<2 * end])
    }
    let plain = (2..<end).flatMap { lag in
      sequences.map { 2 * weights[2 * lag] * Plain.evenTransform($0, at: lag) }
    }
    expectEqual(found, plain)
    // Two lists of zeros would be equal as well.
    #expect(found.count == 2 * (end - 2) && found.allSatisfy { $0 != 0 })
  }
}
