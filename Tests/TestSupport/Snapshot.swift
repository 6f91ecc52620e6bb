import FoundationEssentials

/// Compares `text` with the snapshot `name` in the folder `Snapshots` beside the test's file: nil where they
/// agree, else the sentence to show. With `RECORD_SNAPSHOTS=1` the snapshot is written anew. A snapshot that is
/// not there is written and told once, so that a new baseline is looked at before it is kept.
public func snapshotDifference(
  _ text: String, _ name: String, testFile: String = #filePath
) throws -> String? {
  let record = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
  let folder = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Snapshots")
  let file = folder.appending(path: name)
  let known = try? String(contentsOf: file, encoding: .utf8)
  if known == text { return nil }
  if known == nil || record {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(to: file, atomically: true, encoding: .utf8)
  }
  guard let known else { return "\(name) is new: look at \(file.path) and run again." }
  if record { return nil }
  func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
  let line = zip(lines(known), lines(text)).enumerated().first { $1.0 != $1.1 }
  let place = line.map { "line \($0 + 1): expected \"\($1.0)\", got \"\($1.1)\"" } ?? "the number of lines"
  return "\(name) differs in \(place). RECORD_SNAPSHOTS=1 records it anew."
}
