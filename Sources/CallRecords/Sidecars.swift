public import CallModel
import Foundation

/// The form of a record about one call.
public enum SidecarForm: Sendable, Hashable {
  /// A recorder's: keys are named as the fields, or as in `MetadataRules.keys`.
  case plain
  /// One of FreeSWITCH's `mod_json_cdr` or `mod_xml_cdr`.
  case freeswitch
}

/// The evidence in a record of JSON or XML; nil where `bytes` are neither.
public func evidence(
  inRecord bytes: [UInt8], form: SidecarForm, keys: [CallMetadata.Field: [String]] = [:]
) -> Evidence? {
  guard let record = RecordTree(record: bytes) else { return nil }
  switch form {
  case .plain:
    var evidence = Evidence(.sidecar)
    for field in CallMetadata.Field.allCases {
      let value = ((keys[field] ?? []) + [field.rawValue]).lazy.compactMap { record.text($0) }.first
      if field == .startedAt { evidence.takeStart(value) } else { evidence.take(field, value) }
    }
    return evidence
  case .freeswitch: return Evidence(freeswitch: record)
  }
}
