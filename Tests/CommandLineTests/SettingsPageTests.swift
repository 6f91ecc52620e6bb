import FoundationEssentials
import Testing

@testable import talkspurt

struct SettingsPageTests {
  /// The rows of `docs/settings.md`: key, default, sentence.
  private static let rows: [[String]] = {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/settings.md")
    return ((try? String(contentsOf: page, encoding: .utf8)) ?? "").split(separator: "\n")
      .filter { $0.hasPrefix("| `") }
      .map { $0.split(separator: " | ").map { String($0.drop { "| `".contains($0) }) } }
  }()

  @Test func everyKeyIsThereAndNoOther() {
    let keys = Self.rows.map { String($0[0].dropLast()) }
    #expect(Set(keys) == Set(Setting.all.map(\.name)))
    #expect(keys.count == Setting.all.count)
  }

  @Test func defaultsAreThoseOfTheProgram() throws {
    for row in Self.rows {
      let setting = try #require(Setting.named[String(row[0].dropLast())])
      var configuration = Configuration()
      try configuration.apply(toml: "\(setting.name) = \(row[1].dropLast())", from: "docs/settings.md")
      #expect(configuration == Configuration(), "\(setting.name)")
    }
  }

  @Test func everyKeyIsExplained() {
    for row in Self.rows { #expect(row.count == 3 && row[2].count > 15, "\(row)") }
  }
}
