package import CallModel

/// What a summary says, in sentences for a person; every page of a call has the same.
package struct CallSentences {
  private let call: CallSummary
  /// Makes text from outside fit for the page.
  private let outside: (String) -> String

  /// The sentences about `call`. Text from outside is passed through `outside`; leave that out where the page
  /// escapes what it takes.
  package init(_ call: CallSummary, outside: @escaping (String) -> String = { $0 }) {
    self.call = call
    self.outside = outside
  }

  // MARK: What file, and who is who

  /// The layout and encoding of the file, as in `stereo WAV, G.711 mu-law, 8 kHz`.
  package var format: String { "\(layout) \(outside(call.recording.container)), \(encoding), \(rate)" }

  private var layout: String {
    switch call.recording.channels {
    case 1: "mono"
    case 2: "stereo"
    case let channels: "\(channels)-channel"
    }
  }

  private var encoding: String {
    let names = [
      "ULAW": "G.711 mu-law", "ALAW": "G.711 A-law", "GSM610": "GSM 6.10", "PCM_16": "16-bit PCM",
      "PCM_24": "24-bit PCM", "PCM_32": "32-bit PCM", "PCM_U8": "8-bit PCM",
      "PCM_S8": "8-bit PCM", "FLAC_S8": "8 bits", "FLAC_16": "16 bits", "FLAC_24": "24 bits",
      "FLOAT": "32-bit floating point", "DOUBLE": "64-bit floating point", "VORBIS": "Vorbis",
      "OPUS": "Opus",
    ]
    return names[call.recording.encoding] ?? outside(call.recording.encoding)
  }

  private var rate: String {
    let rate = Double(call.recording.sampleRate) / 1000
    return "\(fixed(rate, rate == rate.rounded() ? 0 : 2)) kHz"
  }

  /// Whether the file was whole.
  package var status: String {
    switch call.recording.status {
    case .ok: "whole file"
    case .truncated: "file cut short"
    case .recovered: "unfinished header, recovered"
    }
  }

  /// Which party is on which channel, and how that is known.
  package var roles: String {
    guard call.voices.count == 2 else {
      return switch call.separation?.voices {
      case 1?: "One channel, and one voice is heard on it: whose it is is not known."
      case nil where call.separation != nil:
        "One channel, and one voice or two are heard on it: too little to tell."
      case 3?: "One channel, and more than two voices are heard on it: they are not told apart."
      default: "One channel carries both parties: who spoke is not told apart."
      }
    }
    let places = [call.parties.agent.channel, call.parties.customer.channel]
    let who =
      switch (places[0], places[1]) {
      case (0, 1): "Agent on the left channel, customer on the right"
      case (1, 0): "Agent on the right channel, customer on the left"
      case (let agent?, let customer?) where agent != customer:
        "Agent on channel \(agent), customer on channel \(customer)"
      case (_?, _?):
        "Both parties on one channel, told apart by their voices"
          + (call.separation?.confidence.map { " (\(sure($0)))" } ?? "")
      default: "Agent and customer"
      }
    if call.mixed != nil, call.roles.source == .inferred {
      return "\(who). Which of them is the agent is inferred from the talk, \(sure(call.roles.confidence))."
    }
    return switch call.roles.source {
    case .given: "\(who), as given."
    case .inferred: "\(who): inferred from the sound, \(sure(call.roles.confidence))."
    case .assumed: "\(who): assumed, without evidence."
    }
  }

  // MARK: How it went

  /// How the call began.
  package var opening: String {
    let opening = call.opening
    var sentences: [String] = []
    if let ring = opening.ring {
      let answer = opening.answeredAt.map { "answered at \(clock($0))" } ?? "not answered"
      let times = CallReports.count(opening.ringCount, "time", "times")
      sentences.append("Rang \(times) in \(length(ring)), \(answer).")
    } else {
      sentences.append("No ringing is recorded, so when it was answered is unknown.")
    }
    switch opening.firstSpeaker {
    case let first?: sentences.append("The \(first.rawValue) spoke first.")
    case nil: sentences.append(call.conversation.speech > 0 ? "Who spoke first is unknown." : "Nobody spoke.")
    }
    if let greeting = opening.greeting {
      let latency = opening.greetingLatency.map { ", \(length($0)) after the answer" } ?? ""
      sentences.append("The agent's first turn lasted \(length(greeting))\(latency).")
    }
    return sentences.joined(separator: " ")
  }

  /// How the call ended, in a few words; nil where that is unknown.
  package var endingVerdict: String? {
    switch call.ending.kind {
    case .natural: "the call came to its natural end"
    case .cutOff:
      "\(call.ending.cutParty.map { "the \($0.rawValue)" } ?? "one party") was cut off in mid-word"
    case .abandonedOnHold: "the customer left while on hold"
    case .abandonedInQueue: "the customer left the queue before anybody answered"
    case .systemPrompt: "a recorded message was played and the line closed, without a person on it"
    case .voicemail: "voicemail answered"
    case .fax: "a fax was sent or a fax machine called"
    case .noConversation: "no conversation took place"
    case .truncatedRecording: "the recording stops before the call does"
    case .unknown: nil
    }
  }

  /// How the call ended, and what speaks for it.
  package var ending: String {
    let ending = call.ending
    var sentences = [
      endingVerdict.map { "Evidence suggests that \($0) (\(sure(ending.confidence)))." }
        ?? "How the call ended is unknown."
    ]
    if let leg = ending.firstLegGone { sentences.append("The \(leg.rawValue)'s leg was gone first.") }
    if !ending.evidence.isEmpty {
      sentences.append("Evidence: \(ending.evidence.map(outside).joined(separator: "; ")).")
    }
    return sentences.joined(separator: " ")
  }

  /// The quality of each line in words; figures that were not measured are left out.
  package var line: String {
    call.voices.compactMap { voice -> String? in
      guard let line = voice.measures.line else { return nil }
      func rate(_ value: Double?, _ what: String) -> String? {
        value.flatMap { $0 > 0 ? "\(fixed($0, 1)) \(what) a minute" : nil }
      }
      let faults = [
        line.oneWay == true ? "not heard by the other" : nil,
        rate(line.dropoutsPerMinute, "dropouts"), rate(line.repeatsPerMinute, "repeated packets"),
        rate(line.clippingPerMinute, "clippings"),
        line.leakage.map { "the other's voice leaks in at \(fixed($0, 0)) dB" },
      ].compactMap { $0 }
      let measured = line.oneWay != nil || line.dropoutsPerMinute != nil || line.clippingPerMinute != nil
      guard measured || !faults.isEmpty else { return nil }
      return
        "\(voice.name.capitalised): \(faults.isEmpty ? "no faults found" : faults.joined(separator: ", "))."
    }.joined(separator: " ")
  }

  private func sure(_ confidence: Double) -> String { "\(percent(confidence)) sure" }
}

extension CallSummary {
  /// The findings as pages list and number them: alerts first, then notices, each by start.
  package var findingsByWeight: [Finding] {
    [Finding.Severity.alert, .notice].flatMap { severity in
      findings.filter { $0.severity == severity }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }
  }
}

extension String {
  /// With a capital letter in front.
  package var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
