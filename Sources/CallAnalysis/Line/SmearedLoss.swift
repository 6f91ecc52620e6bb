/// What GSM 6.10 makes of a lost packet: a voice that dies away within two parts of 2.5 ms, and returns at once, 20 ms
/// after it was lost.
struct SmearedLoss {
  let parts: FrameParts

  /// The part where the packet is missing, if sound leaps back at `part`; nil where none is.
  func start(before part: Int) -> Int? {
    let after = Float(parts.peak(part))
    guard part > Self.packetParts + Self.contextParts, after >= Self.edgeLsb,
      (part - Self.quietParts..<part).allSatisfy({ Self.leap * Float(parts.peak($0)) <= after })
    else { return nil }
    let start = part - Self.packetParts
    return [start, start + 1, start - 1].first { start in
      let last = Float(parts.peak(start - 1))
      let isSudden = (start + 1..<part).allSatisfy { Self.fall * Float(parts.peak($0)) <= last }
      return max(last, Float(parts.peak(start - 2))) >= Self.edgeLsb && isSudden
    }
  }

  /// A packet of GSM 6.10 lasts 20 ms.
  static let packetMs = 20.0
  /// The same in parts.
  private static let packetParts = FrameParts.count(milliseconds: packetMs)
  /// So many parts before the packet are looked at: its start may lie one earlier, and two are compared.
  private static let contextParts = 3
  /// Sound comes back by this factor or more ...
  static let leap: Float = 30
  /// ... after so many parts that are as quiet: 12.5 ms.
  private static let quietParts = 5
  /// Before it, sound has fallen by this factor or more within 5 ms.
  private static let fall: Float = 6
  /// The samples beside it reach at least this, in LSB: soft syllables may fall and leap as far.
  private static let edgeLsb: Float = 600
}
