internal import CallModel
internal import SignalProcessing

/// Lost packets that were concealed by sending the last one again.
enum Repeats {
  /// The frames of a section that are the same, to the last bit of their power and the magnitudes and peaks of
  /// their parts, as those of one packet before: no voice does that. Tones and constant lines do, so that only
  /// what begins in speech is to be asked for; only there it is looked for.
  static func find(leg: LegTrack, count: Int, speech: [FrameRange], settings: LineSettings) -> [FrameRange] {
    let (faint, edge) = (
      UInt16(clamping: Int(settings.holeEdgeLsb)), UInt16(clamping: Int(settings.repeatEdgeLsb))
    )
    let lag = frames(ms: settings.repeatLagMs)
    let longest = frames(ms: settings.repeatLongestMs)
    var repeated = [Bool](repeating: false, count: count)
    leg.frames.withUnsafeBufferPointer { frames in
      for run in speech {
        // From one frame before, which tells whether it begins here, until it is too long.
        for frame in max(1, run.lowerBound - 1)..<max(1, min(count, run.upperBound + longest + 1)) {
          for before in max(0, frame - lag)..<frame
          where frames[frame].power == frames[before].power && frames[frame].peaks.max() >= faint
            && frames[frame].peaks == frames[before].peaks
            && frames[frame].magnitudes == frames[before].magnitudes
          {
            repeated[frame] = true
          }
        }
      }
    }
    return [FrameRange](of: repeated).filter { run in
      run.count <= longest
        && run.contains { leg.frames[$0].peaks.max() >= edge }
    }
  }
}
