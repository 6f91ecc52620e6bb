internal import CallModel

/// Where a leg's speech can be recognised again, up to `Landmarks.maximumCount`.
struct LandmarkMeter: LegMeter {
  private var landmarks: [Landmark] = []

  mutating func consume(_ section: LegSection) {
    guard landmarks.count < Landmarks.maximumCount else { return }
    landmarks += Landmarks.find(
      section.features, in: section.committed, speech: section.activity.speech, first: section.firstFrame)
  }

  consuming func finish() -> [Landmark] { landmarks }
}
