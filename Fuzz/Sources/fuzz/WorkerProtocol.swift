import CallModel
import CallWork
import Foundation
import Glibc

private let items = ScratchFile(named: "items")
private let rows = ScratchFile(named: "rows")
private let hello = WorkerHello(version: "1", settingsHash: "a", sourceHashes: ["b"])

/// Bytes that begin with NUL are a row of a worker; others are its items, one a line.
func speakProtocol(_ bytes: UnsafeRawBufferPointer) {
  if bytes.first == 0 {
    readRow(Data(bytes.dropFirst()))
  } else {
    answer(bytes)
  }
}

/// Gives the lines to a worker that finds no recording: each has one row, and each row can be read.
private func answer(_ bytes: UnsafeRawBufferPointer) {
  items.hold(bytes)
  rows.hold(UnsafeRawBufferPointer(start: nil, count: 0))
  var asked: [ItemID?] = []
  do throws(WorkerFailure) {
    try answerItems(from: items.descriptor, to: rows.descriptor, hello: hello) { item in
      precondition(0...item.path.bytes.count ~= item.path.givenLength, "a path that ends before its folder")
      asked.append(item.id)
      let failure = CallFailure(path: item.path, code: .unreadable, message: "There is no such file.")
      return WorkRow(id: item.id, outcome: .failed(failure))
    }
  } catch {
    fatalError(error.description)
  }
  let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let expected = lines.count - (lines.last?.isEmpty == false ? 0 : 1)
  let written = rows.content.split(separator: UInt8(ascii: "\n"))
  precondition(written.count == expected + 1, "\(written.count - 1) rows for \(expected) lines")
  let ids = written.dropFirst().map { row in
    guard let row = try? JSONDecoder().decode(WorkRow.self, from: Data(row)) else {
      fatalError("a row that cannot be read")
    }
    return row.id
  }
  precondition(ids.compactMap(\.self) == asked.compactMap(\.self), "rows of other items")
}

/// Reads a row, writes it and reads it again.
private func readRow(_ line: Data) {
  guard let row = try? JSONDecoder().decode(WorkRow.self, from: line) else { return }
  guard let written = try? JSONEncoder().encode(row),
    let again = try? JSONDecoder().decode(WorkRow.self, from: written)
  else { fatalError("a row that was read cannot be written") }
  precondition(again == row, "a row changes as it is written")
}
