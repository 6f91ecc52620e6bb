internal import CallModel
internal import SignalProcessing

/// The levels of one leg, and where its line is live: what legs are compared by before anything else is known.
struct LegLevels {
  /// The level of each frame in dBov.
  let level: [Float]
  /// Whether the line is live: samples change, also where they are only noise.
  let live: [Bool]

  /// The levels of the first `count` frames of a leg.
  init(of leg: LegTrack, count: Int, settings: ActivitySettings) {
    let minimumChange = UInt8(min(255, (settings.digitalSilenceRatio * 255).rounded(.up)))
    var level: [Float] = []
    live = leg.frames.withUnsafeBufferPointer { frames in
      [Bool](unsafeUninitializedCapacity: count) { live, liveCount in
        level = [Float](unsafeUninitializedCapacity: count) { level, levelCount in
          for frame in 0..<count {
            level[frame] = frames[frame].power
            live[frame] = frames[frame].change >= minimumChange && !Self.isIdle(frames, frame)
          }
          levelCount = count
        }
        liveCount = count
      }
    }
    toDecibels(&level)
    self.level = level
  }

  /// Whether a codec has nothing to say: the decoder of GSM 6.10 hums in digital silence, with samples of up to 16 LSB,
  /// or a few times that where a recorder amplifies, whose peaks are all alike, as those of noise are not.
  private static func isIdle(_ frames: UnsafeBufferPointer<FrameFeatures>, _ frame: Int) -> Bool {
    guard frame > 0, frames[frame].peaks[0] <= idleHighestLsb else { return false }
    let (now, before) = (frames[frame].peaks, frames[frame - 1].peaks)
    let highest = max(now.max(), before.max())
    let difference = highest - min(now.min(), before.min())
    return highest <= idleHighestLsb && difference <= max(1, highest / idlePeakFraction)
  }

  /// The hum of an idle codec stays below this, in LSB: eight times what GSM 6.10 makes.
  private static let idleHighestLsb: UInt16 = 128
  /// Its peaks differ by this fraction of the highest at most.
  private static let idlePeakFraction: UInt16 = 12
}
