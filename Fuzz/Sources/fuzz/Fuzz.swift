import Glibc

/// What is given the bytes; `FUZZ_TARGET` names it.
enum Target: String, CaseIterable {
  /// The walk over the header of a WAV, with recovery.
  case wave
  /// A whole recording in any container and codec.
  case recording
  /// JSON beside a recording, or of FreeSWITCH.
  case sidecars
  /// The records of Asterisk.
  case asterisk
  /// A file name by the patterns of recorders, or a pattern of the configuration.
  case names
  /// Items of the worker protocol, or rows.
  case worker

  static let chosen: Target = {
    let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = Target(rawValue: name) else {
      fatalError("FUZZ_TARGET is one of \(allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
  }()

  func run(_ bytes: UnsafeRawBufferPointer) {
    switch self {
    case .wave: readHeader(bytes)
    case .recording: readRecording(bytes)
    case .sidecars: readSidecar(bytes)
    case .asterisk: readAsteriskRecords(bytes)
    case .names: readName(bytes)
    case .worker: speakProtocol(bytes)
    }
  }
}

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput") public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int)
  -> CInt
{
  Target.chosen.run(UnsafeRawBufferPointer(start: data, count: count))
  return 0
}
