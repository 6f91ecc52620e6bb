import CallModel
import Glibc

/// In which folder a record of FreeSWITCH is: those of the configuration, and the folders in them, as `rotate` of
/// `mod_json_cdr` and `mod_xml_cdr` makes one each time.
struct RecordFolders: Sendable {
  private var folders: [RecordingPath] = []
  /// The numbers of folders by the hash of a name: 16 bytes a record. Two names with one hash only cost a record.
  private var places: [Int: Int32] = [:]
  /// How many folders deep; a year's folders in one for each exchange.
  private static let maximumDepth = 2
  /// At most so many records are known: 64 MB, ten years of 1,000 calls a day (our judgement).
  private static let maximumRecords = 4_000_000

  /// The records below a folder; of two with one name, the first by path. Folders that cannot be read are noted in
  /// `troubles`.
  init(_ root: RecordingPath, _ troubles: UnreadRecords) { read(root, depth: 0, troubles) }

  /// The record with one of these names; nil where there is none.
  func file(named names: [String]) -> RecordingPath? {
    names.lazy.compactMap { name in
      let bytes = Array(name.utf8)
      return places[bytes[...].hashValue].map { folders[Int($0)].appending(bytes) }
    }.first
  }

  private mutating func read(_ folder: RecordingPath, depth: Int, _ troubles: UnreadRecords) {
    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | (depth > 0 ? O_NOFOLLOW : 0)
    let descriptor = withCString(folder.bytes) { open($0, flags) }
    guard descriptor >= 0, let stream = fdopendir(descriptor) else {
      troubles.note(folder, errno)
      if descriptor >= 0 { close(descriptor) }
      return
    }
    defer { closedir(stream) }
    let number = Int32(folders.count)
    folders.append(folder)
    var inner: [[UInt8]] = []
    errno = 0
    while places.count < Self.maximumRecords, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      guard name.first != UInt8(ascii: ".") else { continue }
      if name.suffix(5).elementsEqual(".json".utf8) || name.suffix(4).elementsEqual(".xml".utf8) {
        if places[name[...].hashValue] == nil { places[name[...].hashValue] = number }
      } else if Int(entry.pointee.d_type) == DT_DIR || Int(entry.pointee.d_type) == DT_UNKNOWN {
        inner.append(name)
      }
      errno = 0
    }
    troubles.note(folder, errno)
    guard depth < Self.maximumDepth else { return }
    for name in inner.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      read(folder.appending(name), depth: depth + 1, troubles)
    }
  }
}
