import CallModel
import Foundation

extension Evidence {
  /// What a record of FreeSWITCH says: its variables, and `callflow`, whose parts are the stations of the call, the
  /// last one first.
  init(freeswitch record: RecordTree) {
    self.init(.freeswitch)
    func variable(_ name: String) -> String? { record.text("variables.\(name)").map(percentDecoded) }
    // By number: JSON has the last one first, and other programs may sort them.
    let stations = record.entries("callflow").sorted { a, b in
      (a.text("profile_index").flatMap { Int($0) } ?? 0) < (b.text("profile_index").flatMap { Int($0) } ?? 0)
    }
    func profile(_ name: String, of station: RecordTree?) -> String? {
      station?.text("caller_profile.\(name)").map(percentDecoded)
    }
    take(.callID, variable("uuid"))
    take(.from, profile("caller_id_number", of: stations.first) ?? variable("sip_from_user"))
    take(.to, profile("destination_number", of: stations.first) ?? variable("sip_to_user"))
    take(.duration, variable("duration"))
    take(.talk, variable("billsec"))
    take(.disposition, disposition(ofCause: variable("hangup_cause"), talk: variable("billsec")))
    take(.queue, variable("cc_queue"))
    if stations.count > 1 { take(.legs, "\(stations.count)") }
    let fromExtension = PhoneNumber(fields[.from] ?? "", region: nil)?.isExtension == true
    let reached = profile("destination_number", of: stations.last)
    let isAgent = !fromExtension && stations.count > 1 && reached?.wholeMatch(of: /\d{2,6}/) != nil
    take(.agent, variable("cc_agent") ?? (isAgent ? reached : nil))
    // A channel's `direction` is that of FreeSWITCH: a call from a telephone of the house comes in, too.
    let isInbound = variable("direction") == "inbound" && !fromExtension
    take(.direction, variable("call_direction") ?? (isInbound ? "inbound" : nil))
    takeStart(variable("start_epoch"))
    takeEnd(
      disposition: variable("sip_hangup_disposition"), cause: variable("hangup_cause"),
      // The far end of a leg that FreeSWITCH dialled is who was called.
      farIsAgent: fromExtension != (variable("direction") == "outbound"))
  }

  /// Who ended the call. The record belongs to one leg: its far end hung up (`recv_…`) or was hung up on (`send_…`).
  /// Without that, a call that was given up before the answer was ended by the caller.
  private mutating func takeEnd(disposition: String?, cause: String?, farIsAgent: Bool) {
    switch disposition?.prefix(4) {
    case "recv": take(.endedBy, farIsAgent ? "agent" : "customer")
    case "send": take(.endedBy, farIsAgent ? "customer" : "agent")
    default: if cause == "ORIGINATOR_CANCEL" { take(.endedBy, "caller") }
    }
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

/// `mod_json_cdr` encodes values as in URLs where it is configured to, `mod_xml_cdr` always.
private func percentDecoded(_ text: String) -> String {
  text.contains("%") ? text.removingPercentEncoding ?? text : text
}
