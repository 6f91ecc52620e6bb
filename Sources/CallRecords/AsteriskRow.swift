import CallModel

/// One line of Asterisk's records: a leg of a call. A call has several where a queue rings one telephone after the
/// other, after a transfer, and after a menu.
struct AsteriskRow: Sendable, Hashable {
  var source: String
  var destination: String
  var channel: String
  var destinationChannel: String
  var application: String
  var data: String
  /// As if it were UTC, in seconds since 1970; nil where it is no time.
  var start: Int?
  var answer: Int?
  var end: Int?
  /// In seconds.
  var duration: Int?
  var talk: Int?
  /// In lower case.
  var disposition: String
  var uniqueID: String
  var linkedID: String
  /// Whether its times are in UTC.
  var isUTC = false

  init?(_ line: String, _ columns: AsteriskColumns) {
    let fields = csvFields(line, separator: columns.separator)
    func value(_ name: AsteriskColumns.Name) -> String {
      columns.places[name].flatMap { $0 < fields.count ? fields[$0] : nil } ?? ""
    }
    func time(_ name: AsteriskColumns.Name) -> Int? { CallTime(value(name)).map(Self.seconds) }
    uniqueID = value(.uniqueID)
    guard !uniqueID.isEmpty else { return nil }
    linkedID = value(.linkedID)
    source = value(.source)
    destination = value(.destination)
    channel = value(.channel)
    destinationChannel = value(.destinationChannel)
    application = value(.application)
    data = value(.data)
    let began = CallTime(value(.start))
    start = began.map(Self.seconds)
    if case .exact? = began { isUTC = true }
    func span(_ name: AsteriskColumns.Name) -> Int? {
      Int(value(name)).flatMap { (0...Self.longest).contains($0) ? $0 : nil }
    }
    duration = span(.duration)
    talk = span(.talk)
    disposition = value(.disposition).lowercased()
    // Tables of databases have the start and the lengths alone.
    let end = time(.end) ?? start.flatMap { start in duration.map { start + $0 } }
    self.end = end
    answer = time(.answer) ?? end.flatMap { end in talk.map { end - $0 } }
  }

  /// No call lasts longer, in s: a month (our judgement).
  private static let longest = 31 * 86_400

  private static func seconds(of time: CallTime) -> Int {
    switch time {
    case .local(let time): time
    case .exact(let time): Int(time)
    }
  }

  var isAnswered: Bool { disposition == "answered" && talk ?? 0 > 0 }

  /// The extension that took or made the call: of the two ends the one that is an extension.
  var agent: String? {
    let ends = [destinationChannel, channel].map(extensionOfChannel)
    guard (ends[0] == nil) != (ends[1] == nil), let agent = ends[0] ?? ends[1] else { return nil }
    // The far end of a queue is the queue itself until somebody answers.
    return application == "Queue" && agent == destination ? nil : agent
  }

  /// The queue in which the call was.
  var queue: String? {
    guard application == "Queue" else { return nil }
    return data.split(separator: ",").first.map(String.init) ?? destination
  }
}

/// The extension of a channel or of an interface: `PJSIP/1001-00000002`, `Local/1001@from-queue-0001;1`, `Agent/1001`;
/// nil for one that is none, as a trunk.
func extensionOfChannel(_ channel: String) -> String? {
  // By hand: a regular expression took two thirds of the time of a line.
  let parts = channel.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
  guard parts.count == 2, ["PJSIP", "SIP", "IAX2", "SCCP", "Local", "Agent"].contains(parts[0]) else {
    return nil
  }
  let digits = parts[1].prefix(while: \.isASCIIDigit)
  let next = parts[1][digits.endIndex...].first
  return (2...6).contains(digits.count) && next.map("-@/;".contains) ?? true ? String(digits) : nil
}

extension Evidence {
  /// What Asterisk's records say of a call: its rows, as one call. It begins with the first and ends with the last of
  /// them; who called and was called is that of the first, who answered is that of the first that was answered.
  init?(_ rows: [AsteriskRow], call id: String) {
    let rows = rows.sorted {
      ($0.start ?? 0, $0.end ?? 0, $0.uniqueID) < ($1.start ?? 0, $1.end ?? 0, $1.uniqueID)
    }
    guard let first = rows.first(where: { $0.uniqueID == id }) ?? rows.first else { return nil }
    let answered = rows.filter(\.isAnswered)
    self.init(.asterisk)
    take(.callID, id)
    take(.from, first.source)
    take(.to, first.destination)
    if rows.count == 1 {
      take(.duration, first.duration.map { "\($0)" })
      take(.talk, first.talk.map { "\($0)" })
    } else {
      let starts = rows.compactMap(\.start), answers = answered.compactMap(\.answer)
      if let begin = starts.min(), let end = rows.compactMap(\.end).max() {
        take(.duration, "\(max(0, end - begin))")
        take(.talk, "\(max(0, (answered.compactMap(\.end).max() ?? 0) - (answers.min() ?? 0)))")
      }
      take(.legs, "\(rows.count)")
    }
    take(.disposition, (answered.first ?? rows.last)?.disposition)
    take(.queue, rows.lazy.compactMap(\.queue).first)
    take(.agent, answered.lazy.compactMap(\.agent).first)
    guard let begin = rows.compactMap(\.start).min() else { return }
    started = first.isUTC ? .exact(Double(begin)) : .local(begin)
  }
}
