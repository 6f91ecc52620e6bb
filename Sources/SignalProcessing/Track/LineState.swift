internal import CVectors

/// The power of a line frame by frame, and where it is live.
public struct LineState: Sendable {
  /// The power of each frame; 1 is full scale.
  public var power: [Float] = []
  /// Whether the line carries anything.
  public var live: [Bool] = []

  /// The state of the first `count` frames of a leg.
  ///
  /// - Parameters:
  ///   - minimumChange: a line is idle where `FrameFeatures.change` is less than this, ...
  ///   - idleHighest: ... or where the peaks of a frame and of the one before are all alike: none is above this, in LSB,
  ///   - idleFraction: ... and they differ by 1, or by one part in so many of the largest, at most.
  public init(
    of leg: LegTrack, count: Int, minimumChange: UInt8, idleHighest: UInt16, idleFraction: UInt16
  ) {
    precondition(count <= leg.frames.count)
    let idle = IdleLine(
      change: UInt32(minimumChange), highest: UInt32(idleHighest), fraction: UInt32(idleFraction))
    live = [Bool](unsafeUninitializedCapacity: count) { live, liveCount in
      power = [Float](unsafeUninitializedCapacity: count) { power, powerCount in
        leg.frames.withUnsafeBytes { frames in
          guard count > 0, let base = frames.baseAddress else { return }
          func field<Value>(_ path: KeyPath<FrameFeatures, Value>) -> UnsafeRawPointer {
            // It is stored: it has an offset.
            base + MemoryLayout<FrameFeatures>.offset(of: path)!
          }
          findLive(
            field(\.power).assumingMemoryBound(to: Float.self),
            changes: field(\.change).assumingMemoryBound(to: UInt8.self),
            peaks: field(\.peaks).assumingMemoryBound(to: UInt16.self),
            stride: MemoryLayout<FrameFeatures>.stride, count: count, idle: idle, levels: power.baseAddress!,
            live: live.baseAddress!)
        }
        powerCount = count
      }
      liveCount = count
    }
  }
}
