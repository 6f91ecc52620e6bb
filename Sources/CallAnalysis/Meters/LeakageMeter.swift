/// How far the other leg's voice lies below its own leg, in dB, for each section in which it is heard on this one.
struct LeakageMeter: LegMeter {
  private var levels: [Float] = []

  mutating func consume(_ section: LegSection) {
    if let leakage = section.leakage { levels.append(leakage.gainDb) }
  }

  consuming func finish() -> [Float] { levels }
}
