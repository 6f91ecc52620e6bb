import GRDB

/// Why a store cannot be used; each is a sentence for an operator.
public enum StoreError: Error, Hashable, CustomStringConvertible {
  /// There is no such file.
  case missing(path: String)
  /// The file is there, but is something else.
  case notAStore(path: String)
  /// A newer Talkspurt wrote it.
  case newer(path: String, version: Int)
  /// An older Talkspurt wrote it, and it was opened for reading only.
  case older(path: String, version: Int)
  /// Another run writes to it.
  case heldByAnotherRun(path: String)
  /// Its content contradicts itself.
  case damaged(path: String, reason: String)
  /// The disk or SQLite failed: full, read-only, …
  case unusable(path: String, reason: String)

  /// The sentence.
  public var description: String {
    switch self {
    case .missing(let path): "There is no store at \(path); `talkspurt ingest` makes one."
    case .notAStore(let path): "\(path) is not a store of Talkspurt; nothing was written to it."
    case .newer(let path, let version):
      "\(path) was written by a newer Talkspurt (version \(version) of the schema, this one knows"
        + " \(Schema.version)); please update."
    case .older(let path, let version):
      "\(path) has version \(version) of the schema; `talkspurt ingest` brings it to \(Schema.version)."
    case .heldByAnotherRun(let path): "Another run holds \(path); wait for it to end."
    case .damaged(let path, let reason):
      "The store \(path) is damaged (\(reason)); put a backup in its place, or move it away and run again."
    case .unusable(let path, let reason): "The store \(path) cannot be used: \(reason)."
    }
  }

  /// Runs `body` and turns SQLite's errors into these.
  static func translating<Value>(at path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw StoreError.notAStore(path: path)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      throw StoreError.damaged(path: path, reason: error.message ?? "malformed")
    } catch let error as DatabaseError {
      let message = error.message ?? "\(error.resultCode)"
      let reason =
        switch error.resultCode {
        case .SQLITE_FULL: "the disk is full; free some space and run again"
        case .SQLITE_IOERR: "the disk would not read or write (\(message)); check it and run again"
        case .SQLITE_READONLY: "it cannot be written (\(message)); see who owns it and its folder"
        case .SQLITE_CANTOPEN: "it cannot be opened (\(message)); see who owns it and its folder"
        case .SQLITE_BUSY: "another program holds it (\(message)); close that and run again"
        default: message
        }
      throw StoreError.unusable(path: path, reason: reason)
    }
  }
}
