internal import SignalProcessing

/// Lost packets that were concealed by sending the last one again.
enum Repeats {
  /// The frames of a section that are the same, to the last bit of their power and the magnitudes and peaks of
  /// their parts, as those of one packet before: no voice does that. Tones and constant lines do, so that only
  /// speech is to be asked.
  static func find(leg: LegTrack, count: Int, settings: LineSettings) -> [FrameRange] {
    let (faint, edge) = (
      UInt16(clamping: Int(settings.holeEdgeLsb)), UInt16(clamping: Int(settings.repeatEdgeLsb))
    )
    let lag = frames(ms: settings.repeatLagMs)
    var repeated = [Bool](repeating: false, count: count)
    leg.frames.withUnsafeBufferPointer { frames in
      for frame in 1..<max(1, count) {
        for before in max(0, frame - lag)..<frame
        where frames[frame].power == frames[before].power && frames[frame].peaks.max() >= faint
          && frames[frame].peaks == frames[before].peaks
          && frames[frame].magnitudes == frames[before].magnitudes
        {
          repeated[frame] = true
        }
      }
    }
    return [FrameRange](of: repeated).filter { run in
      run.count <= frames(ms: settings.repeatLongestMs)
        && run.contains { leg.frames[$0].peaks.max() >= edge }
    }
  }
}
