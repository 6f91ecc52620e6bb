/// A hole in speech, or what stands for it.
struct Hole {
  /// The frame where it begins.
  var frame: Int
  /// How long it is, in ms.
  var length: Double
}
