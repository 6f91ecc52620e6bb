import CallAnalysis
import CallAudio
import CallModel
import CallRecords
import CallReports
import Glibc
import TestSupport
import Testing

@testable import CallIngest
@testable import CallStore

@Suite struct FactsTests {
  /// Rules of a place with names of FreePBX, sidecars and Asterisk's records.
  private static func rules(_ change: (inout MetadataRules) -> Void = { _ in }) -> MetadataRules {
    var rules = MetadataRules()
    rules.names = NamePattern.preset("freepbx") ?? []
    rules.clock = WallClock("Europe/Berlin")
    rules.region = "DE"
    rules.readsSidecars = true
    change(&rules)
    return rules
  }

  private static func facts(_ rules: MetadataRules = rules()) -> Facts {
    let source = RecordingSource(
      RecordingPath("*.wav"), roles: .auto, analysis: Analysis(version: "1", settingsHash: "a"), rules: rules)
    return Facts([source], presence: Presence(missing: []))
  }

  private static let path = RecordingPath("/none/q-600-0301234567-20260131-090000-1769846400.1.wav")
  private static let file = RecordingFile(path: path, size: 1, modified: 1_769_846_460_000_000_000)
  private static let heard = HeardCall(
    duration: 61, channels: 2, ending: .natural, cutParty: nil, firstLegGone: nil, isConversation: true)

  private static func asked(_ rules: MetadataRules = rules()) -> Facts.Asked {
    var writings = RecordBook.Writings(name: rules.names[0].evidence(of: path))
    writings.records = [(.plain, [Array(#"{"agent": "Anna", "duration_s": 61}"#.utf8)])]
    let line = Array(
      #""","030123","600","c","x","a","b","Queue","support","2026-01-31 09:00:00",,"",60,50,"ANSWERED","D","1769846400.1","""#
        .utf8)
    var records = AsteriskRecords()
    records.consume(line[...])
    records.endFile()
    writings.lines = records.places(ofCall: "1769846400.1").map { records.line(line, at: $0) }
    return Facts.Asked(source: 0, rules: rules, writings: writings)
  }

  /// Where this changes, what stores have is merged again only if `Facts.revision` is raised.
  @Test func theSameWritingsGiveTheSameMetadata() throws {
    let facts = Self.facts()
    let known = KnownFacts(statements: [], heard: Self.heard, metadata: nil)
    let change = try facts.change(known, facts.said(Self.asked()), of: Self.file)
    let merged = try metadataJSON(try #require(change.metadata))
    let said = change.statements.map(\.said)
    #expect(Facts.revision == 1)
    #expect(said.count == 3)
    #expect(
      merged == #"""
        {"conflicts":[{"against":{"source":"name","value":"+49301234567"},"field":"from","known":{"sourc\#
        e":"asterisk_cdr","value":"030123"},"message":"Asterisk's record says from 030123, The name +493\#
        01234567."}],"fields":{"agent":{"source":"sidecar","value":"Anna"},"call_id":{"source":"asterisk\#
        _cdr","value":"1769846400.1"},"customer":{"source":"asterisk_cdr","value":"030123"},"direction":\#
        {"source":"name","value":"inbound"},"disposition":{"source":"asterisk_cdr","value":"answered"},"\#
        duration_s":{"source":"sidecar","value":"61"},"from":{"source":"asterisk_cdr","value":"030123"},\#
        "line":{"source":"asterisk_cdr","value":"600"},"queue":{"source":"asterisk_cdr","value":"support\#
        "},"recorder":{"source":"name","value":"freepbx"},"started_at":{"source":"name","value":"2026-01\#
        -31T09:00:00+01:00"},"talk_s":{"source":"asterisk_cdr","value":"50"},"to":{"source":"asterisk_cd\#
        r","value":"600"}},"not_known":[]}
        """#)
  }

  /// Whatever decides on the metadata is in the hash; otherwise a change of it would not reach the store.
  @Test func whateverDecidesIsInTheHash() {
    let facts = Self.facts()
    let known = KnownFacts(
      statements: [Statement(.name, of: Self.path, said: "a")], heard: Self.heard, metadata: nil)
    func hash(
      _ facts: Facts = facts, _ asked: Facts.Asked = Self.asked(), _ known: KnownFacts = known,
      _ file: RecordingFile = Self.file
    ) -> Int64 { facts.hash(of: asked, known, file) }
    var others: [Int64] = []
    for change: (inout MetadataRules) -> Void in [
      { $0.clock = WallClock("Europe/London") }, { $0.region = "AT" }, { $0.readsSidecars = false },
      { $0.keys = [.agent: ["who"]] }, { $0.folderSidecar = "recording.json" },
      { $0.names = NamePattern.preset("asterisk") ?? [] },
    ] { others.append(hash(Self.facts(Self.rules(change)))) }
    var asked = Self.asked()
    var writings = asked.writings
    writings.lines = []
    others.append(hash(facts, Facts.Asked(source: 0, rules: asked.rules, writings: writings)))
    writings = asked.writings
    writings.records[0].alternatives[0][12] ^= 1
    others.append(hash(facts, Facts.Asked(source: 0, rules: asked.rules, writings: writings)))
    asked = Self.asked()
    var other = known
    other.heard.ending = .voicemail
    others.append(hash(facts, asked, other))
    other = known
    other.statements[0].said = "b"
    others.append(hash(facts, asked, other))
    var file = Self.file
    file.modified = 5
    others.append(hash(facts, asked, known, file))
    #expect(hash() == hash())
    #expect(Set(others + [hash()]).count == others.count + 1)
  }

  /// What was merged stays until something changes of which it follows.
  @Test func whatDidNotChangeIsNotMergedAgain() throws {
    let night = Night()
    let name = "q-600-0301234567-20260131-090000-1769846400.1"
    night.write(name + ".wav")
    night.write(name + ".json", Array(#"{"agent": "Anna"}"#.utf8))
    var options = night.options()
    options.sources = [
      RecordingSource(
        RecordingPath("share/*"), roles: .auto, analysis: options.analysis, rules: Self.rules())
    ]
    let store = try night.open()
    func agent() throws -> String? {
      guard let json = try store.facts(of: 1)?.metadata else { return nil }
      return json.contains("Anna") ? "Anna" : json.contains("Berta") ? "Berta" : "another"
    }
    try night.run(into: store, options)
    #expect(try agent() == "Anna")
    // As if it had been merged so.
    try store.commit { try $0.take(CallMetadata(fields: [.agent: .init("Otto", from: .name)]), of: 1) }
    #expect(try night.run(into: store, options).counts == counts(seen: 1, unchanged: 1))
    #expect(try agent() == "another", "nothing of which it follows changed")
    night.write(name + ".json", Array(#"{"agent": "Berta"}"#.utf8))
    try night.run(into: store, options)
    #expect(try agent() == "Berta")
    // What is kept of a source that fell silent is counted every night, not only in the first.
    night.remove(name + ".json")
    for _ in 1...3 {
      #expect(try night.run(into: store, options).notes.keptFacts == ["sidecar": 1])
      #expect(try agent() == "Berta")
    }
    // Other rules are another merge.
    options.sources[0].rules?.region = "AT"
    try night.run(into: store, options)
    #expect(try store.facts(of: 1)?.metadata?.contains("+43301234567") == true)
  }

  /// A copy takes over what is said of it where the file is gone for which its source spoke so far, also where the call is
  /// shown under a third one.
  @Test func aCopyTakesOverWhereTheFirstIsGone() throws {
    let night = Night()
    let names = (5...7).map { "q-60\($0)-0301234567-20260131-090000-1769846400.1" }
    for name in names { night.write(name + ".wav", [1, 2, 3]) }
    night.write(names[1] + ".json", Array(#"{"agent": "Anna"}"#.utf8))
    night.write(names[2] + ".json", Array(#"{"agent": "Berta"}"#.utf8))
    var options = night.options()
    options.sources = [
      RecordingSource(
        RecordingPath("share/*"), roles: .auto, analysis: options.analysis, rules: Self.rules())
    ]
    let store = try night.open()
    func said() throws -> [String] {
      let metadata = try store.facts(of: 1)?.metadata ?? ""
      return ["605", "606", "607", "Anna", "Berta"].filter { metadata.contains("\"value\":\"\($0)\"") }
    }
    for _ in 1...2 {
      try night.run(into: store, options)
      #expect(try said() == ["605", "Anna"])
    }
    night.remove(names[1] + ".wav")
    for _ in 1...2 { try night.run(into: store, options) }
    #expect(try said() == ["605", "Berta"])
    night.remove(names[0] + ".wav")
    try night.run(into: store, options)
    #expect(try said() == ["607", "Berta"])
  }

  /// A file of records is read by its lines, and stays readable when it is rotated while a run goes on.
  @Test func aRotatedFileOfRecordsIsReadToTheEnd() throws {
    let folder = TemporaryFolder()
    func line(_ talk: Int, _ id: String) -> String {
      #""","030123","600","c","x","a","b","Queue","support","2026-01-31 09:00:00",,"",60,\#(talk),"ANSWERED","D","\#(id)","""#
    }
    let first = folder.write(Array((line(10, "1769846400.1") + "\n").utf8), as: "Master.csv")
    let second = folder.write(
      Array((line(5, "1.2") + "\r\n" + line(40, "1769846400.1") + "\r\n").utf8), as: "Master.csv.1")
    let rules = Self.rules { $0.records = [first.text, second.text] }
    let facts = Self.facts(rules)
    for path in [first, second] { _ = path.withCString { unlink($0) } }
    let said = facts.said(of: Self.path).evidence.first { $0.source == .asterisk }
    #expect(said?.fields[.talk] == "40")
    #expect(facts.book.complaints.isEmpty)
  }

  /// A night over known recordings opens folders, and none of the recordings.
  @Test func knownRecordingsAreNotOpened() throws {
    let night = Night()
    for number in 1...20 { night.write("\(number).wav") }
    var options = night.options()
    options.sources = [
      RecordingSource(
        RecordingPath("share/*"), roles: .auto, analysis: options.analysis, rules: Self.rules())
    ]
    let store = try night.open()
    try night.run(into: store, options)
    let watch = inotify_init1(Int32(IN_NONBLOCK))
    defer { close(watch) }
    try #require(night.share.withCString { inotify_add_watch(watch, $0, UInt32(IN_OPEN)) } >= 0)
    func opened() -> Int {
      var bytes = [UInt8](repeating: 0, count: 65_536), count = 0, start = 0
      let length = max(0, read(watch, &bytes, bytes.count))
      while start < length {
        let event = bytes[start...].withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
        if event.mask & UInt32(IN_ISDIR) == 0 { count += 1 }
        start += MemoryLayout<inotify_event>.size + Int(event.len)
      }
      return count
    }
    #expect(try night.run(into: store, options).counts == counts(seen: 20, unchanged: 20))
    #expect(opened() == 0)
    close(night.path("1.wav").withCString { open($0, O_RDONLY) })
    #expect(opened() == 1, "the watch sees what is opened")
  }
}
