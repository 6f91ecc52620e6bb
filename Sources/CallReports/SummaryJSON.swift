public import CallModel

/// One outcome as a line of JSON, its newline included: `talkspurt.call/1` or `talkspurt.failure/1`.
///
/// - Throws: what the encoder throws for a number that is not finite.
public func jsonLine(_ outcome: CallOutcome) throws -> [UInt8] {
  let text =
    switch outcome {
    case .analysed(let summary): try jsonText(summary)
    case .failed(let failure): try jsonText(failure)
    }
  return Array(text.utf8) + [UInt8(ascii: "\n")]
}

/// What is known of a call besides its sound, as its summary has it.
public func metadataJSON(_ metadata: CallMetadata) throws -> String { try jsonText(metadata) }
