public import CallModel

/// Why a moment of a call counts as speech or not, for a person: a paragraph and a table for each channel.
///
/// - Parameters:
///   - explanations: one for each channel.
///   - call: the summary of the call, for the parties and their talkspurts.
public func explainPage(_ explanations: [FrameExplanation], of call: CallSummary) -> String {
  explanations.map { explanation in
    // Of a channel that both share, the frame does not say whose it is.
    let owners = Party.allCases.filter { call[$0].channel == explanation.channel }
    let party = owners.count == 1 ? owners[0] : nil
    return ([heading(explanation, party: party)] + reasons(explanation) + evidence(explanation))
      .map { $0 + "\n" }.joined()
  }.joined(separator: "\n")
}

private func heading(_ frame: FrameExplanation, party: Party?) -> String {
  let name = party.map { "\($0.rawValue) (channel \(frame.channel + 1))" } ?? "channel \(frame.channel + 1)"
  return "\(name) at \(fixed(frame.time, 2)) s: \(frame.verdict == .speech ? "speech" : "no speech")"
}

/// What decided, in sentences.
private func reasons(_ frame: FrameExplanation) -> [String] {
  var level = "  Level \(fixed(frame.levelDbov, 1)) dBov"
  if let depth = frame.depthDb { level += ", \(fixed(-depth, 1)) dB under the loud talk" }
  let reason =
    switch frame.verdict {
    case .noVoice: "  No voice was found on this channel around."
    case .digitalSilence: "  The line is digitally silent."
    case .toneOrMusic: "  A tone or music is on the line: that is never speech."
    case .tooSoft: "  Speech lies at most \(fixed(-(frame.lowestDepthDb ?? 0), 1)) dB under the loud talk."
    case .speech, .noSpeech: decision(frame)
    }
  return [level + ".", reason]
}

private func decision(_ frame: FrameExplanation) -> String {
  let odds = frame.logOdds ?? 0
  let isFor = odds > 0
  let sentence = "  The log-odds of speech are \(signed(odds))"
  return isFor == (frame.verdict == .speech)
    ? sentence + "." : sentence + ", but the frames around are \(isFor ? "no speech" : "speech")."
}

private func evidence(_ frame: FrameExplanation) -> [String] {
  frame.stages.flatMap { stage in
    let heading =
      stage.scope == .channel
      ? "  This channel alone: \(signed(stage.logOdds))"
      : "  Both channels together: \(signed(stage.logOdds))"
    let blocks = stage.evidence.map { evidence in
      let measured = evidence.features.prefix(2).map {
        "\($0.name) \(fixed($0.value, 1))\($0.unit.isEmpty ? "" : " " + $0.unit)"
      }
      let name = names[evidence.block] ?? evidence.block
      return "  \(padded(evidence.logOdds))  \(name): \(measured.joined(separator: "; "))"
    }
    let heads = frame.stages.count > 1 ? [heading] : []
    return heads + ["  \(padded(stage.prior))  before anything is asked"] + blocks
  }
}

private let names = [
  "noise": "over the noise", "level": "level", "voice": "voicing", "core": "near the voice",
  "timbre": "timbre",
  "otherLeg": "other channel", "dynamics": "falls and rises", "channel": "channel",
  "thisLeg": "this channel around", "turnTaking": "turn-taking", "softSounds": "soft sounds",
]

/// A number with its sign.
private func signed(_ value: Double) -> String { (value < 0 ? "-" : "+") + fixed(abs(value), 1) }

/// The same, in five columns.
private func padded(_ value: Double) -> String {
  let text = signed(value)
  return String(repeating: " ", count: max(0, 5 - text.count)) + text
}
