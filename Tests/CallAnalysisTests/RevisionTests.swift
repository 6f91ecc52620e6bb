import CallAnalysis
import Foundation
import TestSupport
import Testing

/// Where figures of TestAudio change, the revision of the analysis is raised: a store tells by it which calls were analysed
/// by what.
struct RevisionTests {
  /// FNV-1a over the names and the bytes of all recorded figures.
  private static func hashOfFigures() throws -> String {
    let folder = TestAudio.folder + "/figures"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for name in names.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) {
      let bytes = try Data(contentsOf: URL(filePath: folder + "/" + name))
      for byte in Array(name.utf8) + bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return String(hash, radix: 16)
  }

  /// `TestAudio/figures/revisions.txt` has a line for each revision: the revision, and the hash of its figures.
  @Test func newFiguresHaveANewRevision() throws {
    let path = TestAudio.folder + "/figures/revisions.txt"
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    let line = "\(AnalysisSettings.revision) \(try Self.hashOfFigures())"
    #expect(
      lines.last == line,
      "Figures changed: raise AnalysisSettings.revision, and add to revisions.txt: \(line)")
    let revisions = lines.map { $0.split(separator: " ")[0] }
    #expect(Set(revisions).count == revisions.count, "a revision has one set of figures")
  }
}
