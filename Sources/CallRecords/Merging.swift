public import CallModel

extension CallMetadata {
  /// The metadata of a call, merged from several sources.
  ///
  /// The first of `evidence` that has a value gives it; a later one that has another is a conflict. A start
  /// with a zone or in seconds since 1970 goes before a local time. A local time that occurs twice, in the
  /// night in which clocks are set back, is decided by `modified`: the file was finished within a quarter of
  /// an hour of one of the two ends. Otherwise, and where the local time does not exist, the start is not
  /// known, and the reason is kept.
  ///
  /// - Parameters:
  ///   - evidence: the evidence of the sources, the most trusted first.
  ///   - rules: the zone, the region.
  ///   - modified: when the file was last written to, in seconds since 1970.
  ///   - call: the facts from the sound.
  /// - Returns: nil where there is no evidence.
  public init?(_ evidence: [Evidence], rules: MetadataRules, modified: Double?, call: HeardCall) {
    guard !evidence.isEmpty else { return nil }
    self.init(notKnown: evidence.flatMap(\.unusable))
    for source in evidence {
      for field in Field.allCases {
        guard let raw = source.fields[field] else { continue }
        guard let value = Self.normalised(field, raw, region: rules.region) else {
          notKnown.append(NotMeasured(field: field.rawValue, reason: Self.reason(field, raw)))
          continue
        }
        add(field, Value(value, from: source.source))
      }
    }
    takeStart(evidence, clock: rules.clock, modified: modified, length: call.duration)
    deriveParties()
    compare(with: call)
    notKnown.removeAll { known in fields.contains { $0.key.rawValue == known.field } }
  }

  /// Takes a value, or notes a conflict with the value that is known.
  private mutating func add(_ field: Field, _ value: Value) {
    guard let known = fields[field] else {
      fields[field] = value
      return
    }
    if known.value == value.value || Self.isPlain(field) { return }
    if field == .agent, Self.isOtherName(known.value, value.value) { return }
    if let a = Double(known.value), let b = Double(value.value), !Self.isNumber(field), abs(a - b) <= 2 {
      return
    }
    conflicts.append(
      Conflict(
        field, known, against: value,
        "\(known.source.words) says \(field.words) \(known.value), \(value.source.words) \(value.value)."))
  }

  /// Fields in which sources may differ without a conflict, because each has its own names.
  private static func isPlain(_ field: Field) -> Bool { [.recorder, .callID, .queue, .legs].contains(field) }

  /// Whether one is an extension and the other a name: an exchange knows the telephone, a recorder the person.
  private static func isOtherName(_ a: String, _ b: String) -> Bool {
    a.allSatisfy(\.isASCIIDigit) != b.allSatisfy(\.isASCIIDigit)
  }

  private static func isNumber(_ field: Field) -> Bool { [.from, .to, .customer, .line].contains(field) }

  /// A value in its normal form; nil where it cannot be used.
  private static func normalised(_ field: Field, _ raw: String, region: String?) -> String? {
    // Scalars: a character can hold any number of them.
    let raw = String(raw.unicodeScalars.prefix(256))
    switch field {
    case .from, .to, .customer, .line: return PhoneNumber(raw, region: region)?.text
    case .direction:
      let words: [String: String] = [
        "inbound": "inbound", "in": "inbound", "incoming": "inbound", "outbound": "outbound",
        "out": "outbound", "outgoing": "outbound", "callback": "outbound", "api": "outbound",
        "internal": "internal", "local": "internal",
      ]
      return words[raw.lowercased()]
    case .endedBy:
      let word = raw.lowercased()
      if ["agent", "customer", "caller", "callee"].contains(word) { return word }
      if word.hasPrefix("customer") { return "customer" }
      return word.hasPrefix("agent") ? "agent" : nil
    case .duration, .talk:
      return Double(raw).flatMap { 0..<1e9 ~= $0 ? plain($0.milliseconds) : nil }
    case .channels, .legs: return Int(raw).flatMap { 1...200 ~= $0 ? "\($0)" : nil }
    default: return raw
    }
  }

  /// A number, without a fraction of zero.
  private static func plain(_ number: Double) -> String {
    number == number.rounded() ? "\(Int(number))" : "\(number)"
  }

  private static func reason(_ field: Field, _ raw: String) -> String {
    isNumber(field) ? "the number is withheld or is none" : "\"\(raw.prefix(40))\" is not understood"
  }

  // MARK: When

  private mutating func takeStart(
    _ evidence: [Evidence], clock: WallClock?, modified: Double?, length: Seconds
  ) {
    var starts: [(moment: Double, source: Source)] = []
    var why: [String] = []
    for source in evidence {
      switch source.started {
      case .exact(let moment): starts.insert((moment, source.source), at: 0)
      case .local(let local):
        let shown = String(isoText(Double(local)).dropLast()).replacing("T", with: " ")
        guard let clock else {
          why.append("\(shown) has no zone, and the source has no time_zone")
          continue
        }
        var moments = clock.moments(showing: local)
        if moments.isEmpty { why.append("\(shown) does not exist: the clock was set forward") }
        if moments.count > 1 {
          let near = moments.filter { begun in
            modified.map { abs(begun + length - $0) <= 900 } ?? false
          }
          moments = near
          if near.count != 1 { why.append("the clock showed \(shown) twice: it was set back") }
        }
        if moments.count == 1 { starts.append((moments[0], source.source)) }
      case nil: break
      }
    }
    // Exact starts were put before the others, the last first.
    let exact = evidence.filter { if case .exact? = $0.started { true } else { false } }.count
    starts[..<exact].reverse()
    guard let first = starts.first else {
      notKnown += why.map { NotMeasured(field: Field.startedAt.rawValue, reason: $0) }
      return
    }
    func text(_ moment: Double) -> String { clock?.text(moment) ?? isoText(moment) }
    fields[.startedAt] = Value(text(first.moment), from: first.source)
    for other in starts.dropFirst()
    where other.moment < first.moment - 60 || other.moment > first.moment + length + 60 {
      conflicts.append(
        Conflict(
          .startedAt, Value(text(first.moment), from: first.source),
          against: Value(text(other.moment), from: other.source),
          "\(first.source.words) says that the call began at \(text(first.moment)),"
            + " \(other.source.words) at \(text(other.moment))."))
    }
  }

  // MARK: Who

  /// Derives customer, line and agent from the numbers and the direction, and the direction from an
  /// extension.
  private mutating func deriveParties() {
    func isExtension(_ field: Field) -> Bool {
      fields[field].flatMap { PhoneNumber($0.value, region: nil) }?.isExtension == true
    }
    if fields[.direction] == nil, let from = fields[.from], let to = fields[.to] {
      switch (isExtension(.from), isExtension(.to)) {
      case (true, false): fields[.direction] = Value("outbound", from: from.source)
      case (false, true): fields[.direction] = Value("inbound", from: to.source)
      case (true, true): fields[.direction] = Value("internal", from: from.source)
      case (false, false): break
      }
    }
    if let ends: (customer: Field, business: Field) = [
      "inbound": (.from, .to), "outbound": (.to, .from),
    ][self[.direction] ?? ""] {
      fields[.customer] = fields[.customer] ?? fields[ends.customer]
      fields[.line] = fields[.line] ?? fields[ends.business]
    }
    if self[.direction] == "outbound", fields[.agent] == nil, isExtension(.from) {
      fields[.agent] = fields[.from]
    }
    switch (self[.endedBy], self[.direction]) {
    case ("caller", "inbound"), ("callee", "outbound"): fields[.endedBy]?.value = "customer"
    case ("callee", "inbound"), ("caller", "outbound"): fields[.endedBy]?.value = "agent"
    case ("caller", _), ("callee", _):
      fields[.endedBy] = nil
      notKnown.append(NotMeasured(field: "ended_by", reason: "whether the customer called is not known"))
    default: break
    }
  }

  // MARK: Against the sound

  private mutating func compare(with call: HeardCall) {
    func conflict(_ field: Field, _ heard: String, _ message: (Value) -> String) {
      guard let known = fields[field] else { return }
      conflicts.append(Conflict(field, known, against: Value(heard, from: .sound), message(known)))
    }
    // A recording may begin at the first ring or at the answer.
    let length = call.duration
    let slack = max(2, length / 20)
    let shortest = self[.talk].flatMap(Double.init), longest = self[.duration].flatMap(Double.init)
    if let longest, length > longest + slack {
      conflict(.duration, "\(length)") {
        "\($0.source.words) says that the call lasted \($0.value) s, the recording lasts \(Self.plain(length)) s."
      }
    } else if let talk = shortest ?? longest, length < talk - slack {
      conflict(shortest == nil ? .duration : .talk, "\(length)") {
        "\($0.source.words) says that the call lasted \($0.value) s, the recording lasts only \(Self.plain(length)) s."
      }
    }
    if let channels = self[.channels].flatMap(Int.init), channels != call.channels {
      conflict(.channels, "\(call.channels)") {
        "\($0.source.words) says \($0.value == "1" ? "1 channel" : "\($0.value) channels"),"
          + " the recording has \(call.channels)."
      }
    }
    if let ended = self[.endedBy].flatMap(Party.init) {
      if call.ending == .cutOff, call.cutParty == ended {
        conflict(.endedBy, ended.other.rawValue) {
          "\($0.source.words) says that the \(ended.rawValue) hung up;"
            + " the sound suggests that the \(ended.rawValue) was cut off in mid-word."
        }
      } else if let gone = call.firstLegGone, gone != ended {
        conflict(.endedBy, gone.rawValue) {
          "\($0.source.words) says that the \(ended.rawValue) hung up;"
            + " the sound suggests that the \(gone.rawValue)'s leg went first."
        }
      }
    }
    let unanswered: Set<Ending.Kind> = [.noConversation, .systemPrompt, .voicemail, .abandonedInQueue]
    if let disposition = self[.disposition], ["no answer", "busy", "failed"].contains(disposition),
      call.isConversation,
      !unanswered.contains(call.ending)
    {
      conflict(.disposition, "answered") {
        "\($0.source.words) says \($0.value); a conversation is heard."
      }
    }
  }
}

extension CallMetadata.Source {
  /// For a sentence.
  fileprivate var words: String {
    switch self {
    case .name: "The name"
    case .sidecar: "The sidecar"
    case .asterisk: "Asterisk's record"
    case .freeswitch: "FreeSWITCH's record"
    case .sound: "The sound"
    }
  }
}

extension CallMetadata.Field {
  /// For a sentence.
  fileprivate var words: String {
    switch self {
    case .startedAt: "start"
    case .callID: "call"
    case .duration: "duration"
    case .talk: "talk"
    case .endedBy: "ended by"
    default: rawValue
    }
  }
}
