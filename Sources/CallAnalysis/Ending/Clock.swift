internal import CallModel

/// A frame as minutes and seconds, as in `1:07`.
func clock(_ frame: Int) -> String {
  let seconds = frame / Frames.perSecond
  let rest = seconds % 60
  return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
}

/// A length in frames as seconds with one decimal, as in `2.4`.
func tenths(_ frames: Int) -> String {
  let tenths = (frames + Frames.perSecond / 20) / (Frames.perSecond / 10)
  return "\(tenths / 10).\(tenths % 10)"
}
