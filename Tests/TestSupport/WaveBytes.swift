/// Builds WAV files byte by byte, right ones and wrong ones.
public struct WaveBytes: Sendable {
  /// Whether numbers stand with their highest byte first (RIFX).
  public var isBigEndian = false

  /// A builder of little-endian files.
  public init(isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

  /// `value` in `size` bytes.
  public func number(_ value: Int, _ size: Int) -> [UInt8] {
    let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    return isBigEndian ? little.reversed() : little
  }

  /// A chunk with `content`, padded to even length; its header claims `length` bytes where that is given.
  public func chunk(_ id: String, _ content: [UInt8], claiming length: Int? = nil) -> [UInt8] {
    Array(id.utf8) + number(length ?? content.count, 4) + content + (content.count % 2 == 0 ? [] : [0])
  }

  /// The chunk `fmt `: by default as a correct writer writes it.
  public func format(
    tag: Int = 1, channels: Int = 2, sampleRate: Int = 8000, bits: Int = 16, blockAlign: Int? = nil,
    extra: [UInt8] = []
  ) -> [UInt8] {
    let align = blockAlign ?? channels * bits / 8
    return chunk(
      "fmt ",
      number(tag, 2) + number(channels, 2) + number(sampleRate, 4) + number(sampleRate &* align, 4)
        + number(align, 2) + number(bits, 2) + extra)
  }

  /// A whole file from its chunks; `length` replaces what the first header should claim.
  public func file(_ chunks: [UInt8]..., magic: String? = nil, claiming length: Int? = nil) -> [UInt8] {
    let content = Array("WAVE".utf8) + chunks.flatMap { $0 }
    return Array((magic ?? (isBigEndian ? "RIFX" : "RIFF")).utf8) + number(length ?? content.count, 4)
      + content
  }

  /// The 16-bit samples as bytes.
  public func samples(_ values: [Int16]) -> [UInt8] { values.flatMap { number(Int($0), 2) } }

  /// A correct file of 16-bit samples.
  public static func pcm16(_ values: [Int16], channels: Int = 1, sampleRate: Int = 8000) -> [UInt8] {
    let wave = WaveBytes()
    return wave.file(
      wave.format(channels: channels, sampleRate: sampleRate), wave.chunk("data", wave.samples(values)))
  }

  /// `count` values that look like noise and are the same in every run: a linear congruence modulo 2^32
  /// (Knuth, TAOCP 2, 3.3.4, the multiplier of line 16), its upper 16 bits.
  public static func noise(_ count: Int) -> [Int16] {
    var state: UInt32 = 1
    return (0..<count).map { _ in
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int16(truncatingIfNeeded: Int32(bitPattern: state) >> 16)
    }
  }
}
