import Foundation
import Testing

@testable import CallAnalysis

struct VoiceChainTests {
  /// Every row of voices, one after the other: the plain form of the chain, 3 to the power of the segments long.
  private func plainShares(_ logLikelihoods: [[Double]], logPriors: [Double], stay: [Double])
    -> (shares: [[Double]], logLikelihood: Double)
  {
    let (voices, count) = (logLikelihoods.count, stay.count)
    var shares = [[Double]](repeating: [Double](repeating: 0, count: count), count: voices)
    var total = 0.0
    let rows = (0..<count).reduce([[]]) { rows, _ in rows.flatMap { row in (0..<voices).map { row + [$0] } } }
    for row in rows as [[Int]] {
      var probability = exp(logPriors[row[0]])
      for index in 0..<count {
        probability *= exp(logLikelihoods[row[index]][index])
        guard index > 0 else { continue }
        let change = (1 - stay[index]) / Double(voices - 1)
        probability *= row[index] == row[index - 1] ? stay[index] : change
      }
      total += probability
      for index in 0..<count { shares[row[index]][index] += probability }
    }
    return (shares.map { $0.map { $0 / total } }, log(total))
  }

  @Test(arguments: [2, 3]) func agreesWithTheSumOverAllRows(voices: Int) {
    let logLikelihoods = (0..<voices).map { voice in (0..<6).map { -Double((voice * 7 + $0 * 5) % 11) / 3 } }
    let logPriors = (0..<voices).map { log(Double($0 + 1) / Double(voices * (voices + 1) / 2)) }
    let stay = [0.5, 0.8, 0.5, 0.8, 0.8, 0.5]
    let chain = VoiceChain(logLikelihoods, logPriors: logPriors, stay: stay)
    let plain = plainShares(logLikelihoods, logPriors: logPriors, stay: stay)
    #expect(abs(chain.logLikelihood - plain.logLikelihood) < 1e-9)
    for (fast, slow) in zip(chain.shares.joined(), plain.shares.joined()) { #expect(abs(fast - slow) < 1e-9) }
  }
}
