import CallModel
import FoundationEssentials
import Glibc

extension RecordingPath {
  /// The path from the root, without `.` and empty steps; links in it are not resolved.
  var absolute: RecordingPath {
    let slash = UInt8(ascii: "/")
    let here = Array(FileManager.default.currentDirectoryPath.utf8) + [slash]
    let parts = ((bytes.first == slash ? [] : here) + bytes).split(separator: slash).filter {
      $0 != [UInt8(ascii: ".")]
    }
    return RecordingPath(bytes: parts.isEmpty ? [slash] : parts.flatMap { [slash] + $0 })
  }

  /// Whether anything is there; otherwise `errno` has the reason.
  var isThere: Bool {
    (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { access($0.baseAddress!, F_OK) } == 0
  }
}
