public import CallModel
import Foundation

/// A value of a JSON record.
private enum JSONValue: Decodable {
  case text(String), object([String: JSONValue]), list([JSONValue]), none

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let object = try? container.decode([String: JSONValue].self) {
      self = .object(object)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else if let flag = try? container.decode(Bool.self) {
      self = .text("\(flag)")
    } else if let number = try? container.decode(Int.self) {
      self = .text("\(number)")
    } else if let number = try? container.decode(Double.self) {
      self = .text("\(number)")
    } else {
      self = .none
    }
  }

  /// The text at a path of keys; of a list, that of its first entry.
  subscript(path: [Substring]) -> String? {
    switch self {
    case .text(let text): path.isEmpty ? text : nil
    case .object(let object): path.first.flatMap { object[String($0)]?[Array(path.dropFirst())] }
    case .list(let list): list.first?[path]
    case .none: nil
    }
  }

  func text(_ path: String) -> String? { self[path.split(separator: ".")] }
}

/// The form of a JSON record about one call.
public enum SidecarForm: Sendable, Hashable {
  /// A recorder's: keys are named as the fields, or as in `MetadataRules.keys`.
  case plain
  /// One of FreeSWITCH's `mod_json_cdr`.
  case freeswitch
}

/// The evidence in a JSON record; nil where `bytes` are no JSON object.
public func evidence(
  fromJSON bytes: [UInt8], form: SidecarForm, keys: [CallMetadata.Field: [String]] = [:]
) -> Evidence? {
  guard let json = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)), case .object = json else {
    return nil
  }
  switch form {
  case .plain:
    var evidence = Evidence(.sidecar)
    for field in CallMetadata.Field.allCases {
      let value = ((keys[field] ?? []) + [field.rawValue]).lazy.compactMap { json.text($0) }.first
      if field == .startedAt { evidence.takeStart(value) } else { evidence.take(field, value) }
    }
    return evidence
  case .freeswitch:
    // Keys as FreeSWITCH writes them: `variables`, and `callflow` whose last profile is the call as it came in.
    var evidence = Evidence(.freeswitch)
    func variable(_ name: String) -> String? { json.text("variables.\(name)").map(percentDecoded) }
    func profile(_ name: String) -> String? {
      json.text("callflow.caller_profile.\(name)").map(percentDecoded)
    }
    evidence.take(.callID, variable("uuid"))
    evidence.take(.from, profile("caller_id_number") ?? variable("sip_from_user"))
    evidence.take(.to, profile("destination_number") ?? variable("sip_to_user"))
    evidence.take(.duration, variable("duration"))
    evidence.take(.talk, variable("billsec"))
    evidence.take(.disposition, disposition(ofCause: variable("hangup_cause"), talk: variable("billsec")))
    evidence.take(.queue, variable("cc_queue"))
    evidence.take(.agent, variable("cc_agent"))
    evidence.takeStart(variable("start_epoch"))
    // The record belongs to one leg: its far end hung up (`recv_…`) or was hung up on (`send_…`). Where the
    // call comes from an extension, the far end is the agent.
    let far = PhoneNumber(evidence.fields[.from] ?? "", region: nil)?.isExtension == true
    switch variable("sip_hangup_disposition")?.prefix(4) {
    case "recv": evidence.take(.endedBy, far ? "agent" : "customer")
    case "send": evidence.take(.endedBy, far ? "customer" : "agent")
    default: break
    }
    return evidence
  }
}

private func disposition(ofCause cause: String?, talk: String?) -> String? {
  switch cause {
  case "NORMAL_CLEARING": talk.flatMap(Double.init).map { $0 > 0 ? "answered" : "no answer" }
  case "USER_BUSY": "busy"
  case "NO_ANSWER", "NO_USER_RESPONSE", "ORIGINATOR_CANCEL", "ALLOTTED_TIMEOUT": "no answer"
  case let cause?: cause.lowercased().replacing("_", with: " ")
  case nil: nil
  }
}

/// `mod_json_cdr` encodes values as in URLs where it is configured to.
private func percentDecoded(_ text: String) -> String {
  text.contains("%") ? text.removingPercentEncoding ?? text : text
}

/// The fields of one line of CSV, quotes as in RFC 4180.
func csvFields(_ line: String) -> [String] {
  var fields = [""]
  var isQuoted = false
  var previous: Unicode.Scalar?
  for scalar in line.unicodeScalars where scalar != "\r" {
    switch scalar {
    case "\"":
      if !isQuoted, previous == "\"" { fields[fields.count - 1].unicodeScalars.append("\"") }
      isQuoted.toggle()
    case ",": if isQuoted { fields[fields.count - 1] += "," } else { fields.append("") }
    default: fields[fields.count - 1].unicodeScalars.append(scalar)
    }
    previous = scalar
  }
  return fields
}
