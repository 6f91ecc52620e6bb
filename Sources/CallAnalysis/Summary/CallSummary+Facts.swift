internal import CallModel

extension CallSummary {
  /// The summary of a call: its facts in seconds and words, with the findings that follow.
  init(_ facts: CallFacts, recording: Recording, analysis: Analysis, settings: AnalysisSettings) {
    let mapping = SummaryMapping(facts: facts, settings: settings, isLossy: recording.isLossy)
    var reasons = Reasons()
    let mixed = facts.channel.map { mapping.channel($0, &reasons) }
    if facts.channel != nil { mapping.explainUnknowns(&reasons) }
    let opening = mapping.opening(&reasons)
    let parties = mapping.parties(&reasons)
    let conversation = mapping.conversation(&reasons)
    let ending = mapping.ending(&reasons)
    self.init(
      recording: recording, analysis: analysis, roles: facts.roles, parties: parties, mixed: mixed,
      separation: facts.channel.map {
        Separation(voices: $0.voices.number, confidence: facts.parties == nil ? nil : $0.confidence)
      }, conversation: conversation, opening: opening, ending: ending, events: mapping.events, findings: [],
      notMeasured: reasons.list)
    findings = Findings.all(in: self, settings: settings)
  }
}

/// Puts facts into seconds and words, part by part; the parts stand in files of their own.
struct SummaryMapping {
  let facts: CallFacts
  let settings: AnalysisSettings
  /// Whether a lossy codec wrote the recording.
  let isLossy: Bool

  /// A position in seconds; the last frame may reach beyond the recording.
  func seconds(_ frame: Int) -> Seconds { min(Frames.seconds(frame), facts.duration) }
}
