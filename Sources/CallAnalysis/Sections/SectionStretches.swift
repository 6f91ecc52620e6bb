internal import CallModel

/// The stretches of a section in which each leg carries a party of its own, and those in which both parties share a
/// channel; together they are the whole section.
struct SectionStretches {
  var separate: [FrameRange]
  var shared: [FrameRange]
}
