public import CallModel

/// A pattern for file names: a regular expression whose named groups are the fields.
public struct NamePattern: Sendable, Hashable {
  /// Why a pattern is refused.
  public struct Refusal: Error, Hashable, CustomStringConvertible {
    /// The sentence.
    public var description: String
  }

  /// The expression.
  public let text: String
  /// The recorder that uses such names.
  public let recorder: String?
  /// How good a recording with such a name is among those of its call, 0 for the best; nil where the recorder writes one
  /// file a call.
  public private(set) var rank: Int?
  /// Whether such a recording has one party alone.
  public private(set) var isLeg = false
  private let expression: Expression

  /// The pattern `text`, matched against the whole name without its extension, or, if it has a slash, against
  /// the end of the path. Throws where it is no regular expression or has groups that are not in ``groups``.
  public init(_ text: String, recorder: String? = nil) throws(Refusal) {
    let names = text.matches(of: /\(\?P?<([A-Za-z_][A-Za-z0-9_]*)>/).map { String($0.1) }
    if let unknown = names.first(where: { !Self.groups.contains($0) }) {
      throw Refusal(
        description: "the group \(unknown) is none of \(Self.groups.joined(separator: ", "))")
    }
    if names.isEmpty { throw Refusal(description: "a pattern needs a named group, as in (?<from>[0-9]+)") }
    let regex: Regex<AnyRegexOutput>
    do { regex = try Regex(text.contains("/") ? "(?:.*/)?(?:\(text))" : text) } catch {
      throw Refusal(description: "\(text) is no regular expression")
    }
    self.text = text
    self.recorder = recorder
    expression = Expression(regex: regex, groups: names)
  }

  /// The names that groups may have: those of the fields, and of parts of a time. `epoch` is in seconds since
  /// 1970 and goes before `date` and `time`; where a group `utc` matches, these are in UTC; `kind` is the
  /// first word of FreePBX's names.
  public static let groups =
    CallMetadata.Field.allCases.map(\.rawValue) + ["date", "time", "epoch", "utc", "kind"]

  /// The evidence from the name of `path`; nil where the pattern does not match.
  public func evidence(of path: RecordingPath) -> Evidence? {
    let whole = path.text
    let name = text.contains("/") ? whole : path.name.text
    let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
    guard let groups = expression.groups(in: String(stem)) else { return nil }
    var evidence = Evidence(.name)
    for field in CallMetadata.Field.allCases where field != .startedAt {
      evidence.take(field, groups[field.rawValue])
    }
    evidence.take(.recorder, recorder)
    switch groups["kind"] {
    case "out": evidence.take(.direction, "outbound")
    case "in": evidence.take(.direction, "inbound")
    case "external":
      evidence.take(.direction, "inbound")
      evidence.take(.agent, groups["to"])
    case "q", "g", "rg":
      evidence.take(.direction, "inbound")
      evidence.take(.queue, groups["to"])
    case "internal", "exten": evidence.take(.direction, "internal")
    default: break
    }
    if let epoch = groups["epoch"] {
      evidence.takeStart(epoch)
    } else if let date = groups["date"], let time = groups["time"] {
      if let local = CallTime.local(date: date, time: time) {
        evidence.started = groups["utc"] == nil ? .local(local) : .exact(Double(local))
      } else {
        evidence.unusable.append(
          NotMeasured(field: "started_at", reason: "\(date) \(time) in the name is no time"))
      }
    } else {
      evidence.takeStart(groups["started_at"])
    }
    return evidence
  }

  /// Two patterns of the same text are the same.
  public static func == (a: Self, b: Self) -> Bool { a.text == b.text && a.recorder == b.recorder }
  /// By the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

/// A compiled expression. `Regex` is immutable, builds its program once and atomically, and keeps the state
/// of a match in the match: it can be used from any thread.
private struct Expression: @unchecked Sendable {
  let regex: Regex<AnyRegexOutput>
  let groups: [String]

  func groups(in text: String) -> [String: String]? {
    guard let match = try? regex.wholeMatch(in: text) else { return nil }
    return groups.reduce(into: [:]) { found, name in
      if let part = match[name]?.substring, !part.isEmpty { found[name] = String(part) }
    }
  }
}

extension NamePattern {
  /// The patterns of a known recorder; nil for another one.
  public static func preset(_ recorder: String) -> [NamePattern]? {
    presets[recorder].map { patterns in
      patterns.enumerated().compactMap { index, text in
        guard var pattern = try? NamePattern(text, recorder: recorder) else { return nil }
        guard let whole = wholeForms[recorder] else { return pattern }
        (pattern.rank, pattern.isLeg) = (index, index >= whole)
        return pattern
      }
    }
  }

  /// The recorders that write several files for a call, with how many of their patterns are of whole calls; the others
  /// have one party.
  private static let wholeForms = ["amazon-connect": 3, "asterisk": 1, "rtpengine": 1, "vicidial": 2]

  /// The recorders whose names are known.
  public static let presetNames = presets.keys.sorted()

  private static let uuid = #"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"#

  private static let twilio = [
    "(?<call_id>CA[0-9a-f]{32})(?:[_-]RE[0-9a-f]{32})?", "RE[0-9a-f]{32}(?:[_-](?<call_id>CA[0-9a-f]{32}))?",
  ]

  private static let vicidial =
    #"(?<call_id>(?<date>\d{8})-(?<time>\d{6})_(?<customer>\d+)(?:_(?<agent>[^_\-]+))?)"#

  /// As documented by the vendors; `docs/metadata.md` has the sources. Of several files of a call, the one
  /// whose pattern stands first is the best.
  private static let presets: [String: [String]] = [
    "freepbx": [
      #"(?<kind>out|in|force|q|g|rg|external|internal|exten|generic|ondemand|conf)-(?<to>[^\-/]+)"#
        + #"(?:-(?<from>[^\-/]+))?-(?<date>\d{8})-(?<time>\d{6})-"#
        + #"(?<call_id>(?:[^/]+-)?(?<epoch>\d{9,10})\.\d+)"#
    ],
    "asterisk": [
      #"(?:.*[\-_])?(?<call_id>(?<epoch>\d{9,10})\.\d+)"#,
      #"(?:.*[\-_])?(?<call_id>(?<epoch>\d{9,10})\.\d+)-(?:in|out)"#,
    ],
    "freeswitch": [
      #"(?<from>\+?\d+)\.(?<date>\d{4}-\d\d-\d\d)-(?<time>\d\d-\d\d-\d\d)"#, "(?<call_id>\(uuid))",
    ],
    "amazon-connect": [
      #"(?<call_id>\#(uuid))_(?<date>\d{8})T(?<time>\d\d[:_\-]?\d\d)_(?<utc>UTC)"#, "(?<call_id>\(uuid))",
      #"(?<call_id>\#(uuid))_call_recording_redacted_(?<date>\d{4}-\d\d-\d\d)"#
        + #"T(?<time>\d\d[:_\-]?\d\d[:_\-]?\d\d)(?<utc>Z)"#,
    ],
    "twilio": twilio,
    "twilio-flex": twilio,
    "genesys": ["(?<call_id>\(uuid))/(?:[^/]*/)?[^/]*"],
    "rtpengine": [
      #"(?<call_id>[^/]+)-[0-9a-f]{8,16}-mix"#, #"(?<call_id>[^/]+)-[0-9a-f]{8,16}-[0-9a-f]{1,8}"#,
    ],
    "verint": [#"(?<call_id>\d{15})"#],
    "vicidial": [
      "S_\(vicidial)", "\(vicidial)(?:-all)?", "\(vicidial)-(?:in|out)", "(?:CO|CM|FR)_(?:S_)?\(vicidial)",
    ],
  ]
}
