internal import CallModel
internal import SignalProcessing

// Names by which the sections and the summary still call the voices and the landmarks. Each goes as soon as its
// caller uses what it stands for.

extension Landmarks {
  static var most: Int { maximumCount }
}
