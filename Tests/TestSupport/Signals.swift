import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#endif

/// Signals made in memory: what tests measure has a formula.
public enum Signal {
  /// A sine of `amplitude` (1 is full scale).
  public static func sine(_ frequency: Double, amplitude: Double, seconds: Double, rate: Int = 8000)
    -> [Double]
  {
    (0..<Int(seconds * Double(rate))).map { amplitude * sin(2 * .pi * frequency * Double($0) / Double(rate)) }
  }

  /// Silence.
  public static func silence(seconds: Double, rate: Int = 8000) -> [Double] {
    [Double](repeating: 0, count: Int(seconds * Double(rate)))
  }

  /// White noise with this root mean square, the same for the same seed.
  public static func noise(rms: Double, seconds: Double, rate: Int = 8000, seed: UInt64) -> [Double] {
    var generator = SplitMix(state: seed)
    return (0..<Int(seconds * Double(rate))).map { _ in
      // The sum of twelve uniform numbers is nearly normal with variance 1.
      let sum = (0..<12).reduce(0.0) { total, _ in total + Double.random(in: 0..<1, using: &generator) }
      return rms * (sum - 6)
    }
  }

  /// Something like a voice: a train of decaying resonances at a gliding pitch, in syllables of 200 ms with the
  /// level rising and falling. The formants lie `tract` times as high as those of a vocal tract of usual length.
  public static func voice(
    pitch: Double, amplitude: Double, seconds: Double, rate: Int = 8000, tract: Double = 1
  ) -> [Double] {
    var result = [Double](repeating: 0, count: Int(seconds * Double(rate)))
    var phase = 0.0
    for index in result.indices {
      let time = Double(index) / Double(rate)
      let frequency = pitch * (1 + 0.15 * sin(2 * .pi * 1.3 * time))
      phase += 2 * .pi * frequency / Double(rate)
      var value = 0.0
      var harmonic = 1.0
      while harmonic * frequency < min(3400, Double(rate) / 2) {
        let at = harmonic * frequency
        // Two formants that move with the syllables.
        let first = tract * (500 + 200 * sin(2 * .pi * 2.1 * time))
        let second = tract * (1500 + 400 * sin(2 * .pi * 1.7 * time + 1))
        let gain = 1 / (1 + pow((at - first) / 150, 2)) + 0.4 / (1 + pow((at - second) / 200, 2))
        value += gain * sin(harmonic * phase)
        harmonic += 1
      }
      let syllable = 0.55 - 0.45 * cos(2 * .pi * time / 0.2)
      result[index] = amplitude * value * syllable / 4
    }
    return result
  }

  /// The 16-bit samples of one channel.
  public static func samples(_ signal: [Double]) -> [Int16] {
    signal.map { Int16(clamping: Int(($0 * 32768).rounded())) }
  }

  /// Two channels interleaved; the shorter is followed by silence.
  public static func stereo(_ left: [Double], _ right: [Double]) -> [Int16] {
    var both: [Double] = []
    for index in 0..<max(left.count, right.count) {
      both.append(index < left.count ? left[index] : 0)
      both.append(index < right.count ? right[index] : 0)
    }
    return samples(both)
  }
}

/// Steele, Lea and Flood's SplitMix64: random numbers that are the same everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Slow forms of what the program computes quickly, to hold it against.
public enum Slow {
  /// ITU-T P.56, method B, sample by sample; in dBov, nil where nothing is active.
  public static func activeSpeechLevel(_ signal: [Double], rate: Int) -> Double? {
    let smoothing = exp(-1 / (0.03 * Double(rate)))
    let hangover = Int(0.2 * Double(rate))
    var first = 0.0
    var second = 0.0
    var active = [Int](repeating: 0, count: 15)
    var since = [Int](repeating: hangover, count: 15)
    for x in signal {
      first = smoothing * first + (1 - smoothing) * abs(x)
      second = smoothing * second + (1 - smoothing) * first
      for index in 0..<15 {
        if second >= pow(2, Double(index - 15)) {
          active[index] += 1
          since[index] = 0
        } else if since[index] < hangover {
          active[index] += 1
          since[index] += 1
        }
      }
    }
    let energy = signal.reduce(0) { $0 + $1 * $1 }
    var previous: (level: Double, distance: Double)?
    for index in 0..<15 where active[index] > 0 {
      let level = 10 * log10(energy / Double(active[index]))
      let distance = level - 20 * log10(pow(2, Double(index - 15))) - 15.9
      if distance <= 0 {
        guard let previous else { return level }
        return previous.level + previous.distance / (previous.distance - distance) * (level - previous.level)
      }
      previous = (level, distance)
    }
    return previous?.level
  }

  /// The discrete Fourier transform by its sum, real and imaginary parts interleaved.
  public static func transform(_ input: [Float], sign: Double) -> [Float] {
    let count = input.count / 2
    return (0..<count).flatMap { bin -> [Float] in
      var real = 0.0
      var imaginary = 0.0
      for index in 0..<count {
        let angle = sign * 2 * .pi * Double(bin * index % count) / Double(count)
        let (a, b) = (Double(input[2 * index]), Double(input[2 * index + 1]))
        real += a * cos(angle) - b * sin(angle)
        imaginary += a * sin(angle) + b * cos(angle)
      }
      return [Float(real), Float(imaginary)]
    }
  }
}
