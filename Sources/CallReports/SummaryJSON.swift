public import CallModel
import FoundationEssentials

/// One outcome as a line of JSON, its newline included: `talkspurt.call/1` or `talkspurt.failure/1`, keys
/// sorted, so that equal outcomes give equal bytes.
///
/// - Throws: what the encoder throws for a number that is not finite.
public func jsonLine(_ outcome: CallOutcome) throws -> [UInt8] {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  let data =
    switch outcome {
    case .analysed(let summary): try encoder.encode(summary)
    case .failed(let failure): try encoder.encode(failure)
    }
  return Array(data) + [UInt8(ascii: "\n")]
}

/// What is known of a call besides its sound, as its summary has it.
public func metadataJSON(_ metadata: CallMetadata) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(metadata), as: UTF8.self)
}
