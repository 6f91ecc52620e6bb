import CallModel

extension RecordingPath {
  /// The paths that the user gave, as bytes. The parser returns text, in which bytes that are not UTF-8 are
  /// lost. They are looked up in the program's arguments, `--option=value` included, in their order.
  static func given(_ arguments: [String]) -> [RecordingPath] {
    var raw = (1..<Int(CommandLine.argc)).compactMap { index in
      CommandLine.unsafeArgv[index].map { pointer in
        UnsafeBufferPointer(start: pointer, count: length(pointer)).map(UInt8.init(bitPattern:))
      }
    }
    return arguments.map { argument in
      guard argument.unicodeScalars.contains("\u{FFFD}") else { return RecordingPath(argument) }
      let argumentBytes = Array(argument.utf8)
      for (index, bytes) in raw.enumerated() {
        let value =
          bytes.starts(with: "--".utf8) ? bytes.split(separator: UInt8(ascii: "="), maxSplits: 1).last : nil
        for candidate in [bytes[...], value ?? []]
        where Array(String(decoding: candidate, as: UTF8.self).utf8) == argumentBytes {
          raw.remove(at: index)
          return RecordingPath(bytes: Array(candidate))
        }
      }
      return RecordingPath(argument)
    }
  }

  private static func length(_ pointer: UnsafePointer<CChar>) -> Int {
    var count = 0
    while pointer[count] != 0 { count += 1 }
    return count
  }
}
