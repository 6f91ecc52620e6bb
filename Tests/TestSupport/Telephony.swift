import CallModel
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#endif

/// What the telephone does to signals, and the signals it makes itself.
public enum Telephony {
  /// A tone of the frequencies in Hz, each as strong as the other, with this root mean square (1 is 0 dBov).
  public static func tone(_ frequencies: [Double], rms: Double, seconds: Double) -> [Double] {
    let amplitude = rms * (2 / Double(frequencies.count)).squareRoot()
    var sum = [Double](repeating: 0, count: Int((seconds * 8000).rounded()))
    for frequency in frequencies {
      for index in sum.indices {
        sum[index] += amplitude * sin(2 * .pi * frequency * Double(index) / 8000 + frequency)
      }
    }
    return sum
  }

  /// A tone whose amplitude another modulates by nine tenths.
  public static func tone(_ frequency: Double, by modulation: Double, rms: Double, seconds: Double)
    -> [Double]
  {
    let amplitude = rms * (2 / (1 + 0.405)).squareRoot()
    return (0..<Int((seconds * 8000).rounded())).map {
      let time = Double($0) / 8000
      return amplitude * sin(2 * .pi * frequency * time) * (1 + 0.9 * sin(2 * .pi * modulation * time))
    }
  }

  /// What arrives of a signal that was sent as mu-law (ITU-T G.711, by its formula: eight segments of sixteen
  /// steps, each segment with steps twice as large as the one before).
  public static func muLaw(_ signal: [Double]) -> [Double] {
    signal.map { value in
      let magnitude = min(8158, abs(value) * 8159) + 33
      let segment = Int(log2(magnitude / 32))
      let step = Double(2 << segment)
      let level = (magnitude / step).rounded(.down) * step + step / 2 - 33
      return (value < 0 ? -level : level) / 8159
    }
  }

  /// What arrives of a signal that was sent as GSM 6.10.
  public static func gsm(_ signal: [Double]) -> [Double] {
    let folder = TemporaryFolder()
    let path = folder.path.appending(Array("line.wav".utf8))
    LibrarySound.write(Signal.samples(signal), to: path, as: .gsm610)
    return LibrarySound.read(path).prefix(signal.count).map { Double($0) / 32768 }
  }
}
