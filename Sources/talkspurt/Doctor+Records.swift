import CallIngest
import FoundationEssentials

extension Examination {
  /// Whether the records of the exchange that the sources name can be read, and matched with recordings. Settings that
  /// are refused are a problem of their own.
  mutating func records(
    file: String?, environment: [String: String] = ProcessInfo.processInfo.environment,
    systemFile: String = Configuration.systemFile
  ) {
    guard
      let configuration = try? Configuration.load(
        file: file, agent: nil, environment: environment, systemFile: systemFile)
    else { return }
    let book = RecordBook(sources: configuration.recordingSources(version: Talkspurt.version))
    for (path, description) in book.legible { find(.ok, "records", "\(path): \(description).") }
    for complaint in book.complaints { find(.notice, "records", complaint) }
  }
}
