import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallRecords
import CallReports
import FoundationEssentials
import Testing

@testable import talkspurt

@Suite struct ConfigurationTests {
  /// The sentence and status with which `body` is refused.
  func refusal(_ body: () throws -> Void) -> ConfigurationError? {
    do { try body() } catch { return error as? ConfigurationError }
    return nil
  }

  func toml(_ text: String) throws -> Configuration {
    var configuration = Configuration()
    try configuration.apply(toml: text, from: "x.toml")
    return configuration
  }

  func environment(_ variables: [String: String]) throws -> Configuration {
    var configuration = Configuration()
    try configuration.apply(environment: variables)
    return configuration
  }

  // MARK: Keys

  @Test func keysAreTheNamesOfThePropertiesInSnakeCase() {
    let names = Setting.all.map(\.name)
    for name in ["agent", "activity.bridge_ms", "reading.maximum_duration_h", "reading.allow_mp3"] {
      #expect(names.contains(name))
    }
    #expect(Setting.named["activity.bridge_ms"]?.variable == "TALKSPURT_ACTIVITY_BRIDGE_MS")
    #expect(
      ["p95Db", "bridgeMs", "snrDB", "agent", "z", "a2B"].map(snakeCase) == [
        "p95_db", "bridge_ms", "snr_db", "agent", "z", "a2_b",
      ])
  }

  @Test func keysAndVariablesAreUnique() {
    #expect(Set(Setting.all.map(\.name)).count == Setting.all.count)
    #expect(Set(Setting.all.map(\.variable)).count == Setting.all.count)
    #expect(Setting.tables.isDisjoint(with: Setting.all.map(\.name)))
  }

  @Test(arguments: Setting.all) func everyKeyCanBeSetAndChangesTheHash(setting: Setting) throws {
    let (written, value): (String, Setting.Value) =
      switch setting.shipped {
      case .flag(let flag): ("\(!flag)", .flag(!flag))
      case .number(let number) where number == number.rounded() && !setting.name.hasSuffix("share"):
        ("\(Int(number) + 1)", .number(number + 1))
      case .number(let number): ("\(number / 2)", .number(number / 2))
      case .text where setting.name == "agent": ("\"right\"", .text("right"))
      case .text(let text): ("\"\(text)\"", .text(text))
      case .list: ("[]", .list([]))
      case .table: ("{}", setting.shipped)
      }
    let fromFile = try toml("\(setting.name) = \(written)")
    let bare = written.filter { $0 != "\"" }
    let fromEnvironment = try environment([setting.variable: bare])
    #expect(fromFile == fromEnvironment)
    #expect(
      try Setting.Value(encoding: fromFile)
        == Setting.Value(encoding: Configuration()).setting(setting.path[...], to: value))
    let isOfAnalysis = !["reading.", "prompts."].contains { setting.name.hasPrefix($0) }
    #expect((fromFile.hash != Configuration().hash) == (value != setting.shipped && isOfAnalysis))
  }

  @Test func shippedSettingsSurviveTheirOwnEncoding() throws {
    let copy: Configuration = try Setting.Value(encoding: Configuration()).decoded()
    #expect(copy == Configuration())
  }

  // MARK: Precedence

  @Test func laterSourcesGoOverEarlierOnes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "talkspurt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let system = folder.appending(path: "system.toml"), own = folder.appending(path: "own.toml")
    try "agent = 'left'\n[reading]\nmaximum_duration_h = 1\nallow_ogg = false\nmaximum_file_mib = 5".write(
      to: system, atomically: true, encoding: .utf8)
    try "[reading]\nmaximum_duration_h = 2\nmaximum_file_mib = 6".write(
      to: own, atomically: true, encoding: .utf8)

    func load(_ file: String?, _ variables: [String: String], _ agent: ChannelRoles?) throws -> Configuration
    {
      try Configuration.load(file: file, agent: agent, environment: variables, systemFile: system.path)
    }
    let first = try load(nil, [:], nil)
    #expect(first.agent == .left && first.reading.maximumDurationH == 1 && !first.reading.allowOgg)
    let second = try load(own.path, [:], nil)
    #expect(second.agent == .left && second.reading.maximumDurationH == 2 && !second.reading.allowOgg)
    let variables = ["TALKSPURT_READING_MAXIMUM_DURATION_H": "3", "TALKSPURT_AGENT": "auto", "PATH": "/bin"]
    let third = try load(own.path, variables, nil)
    #expect(third.agent == .auto && third.reading.maximumDurationH == 3 && third.reading.maximumFileMib == 6)
    #expect(try load(own.path, variables, .right).agent == .right)

    let missing = folder.appending(path: "missing.toml").path
    #expect(
      try Configuration.load(file: nil, agent: nil, environment: [:], systemFile: missing) == Configuration())
    let refused = refusal { _ = try load(missing, [:], nil) }
    #expect(refused?.status == 1)
    #expect(refused?.description.contains("No such file") == true)
    #expect(refusal { _ = try load(folder.path, [:], nil) }?.status == 1)
  }

  // MARK: Refusals

  @Test(arguments: [
    (
      "# one\n[activity]\nbrige_ms = 1",
      "x.toml:3: unknown setting activity.brige_ms; the nearest is activity.bridge_ms."
    ),
    ("\n[activty]\nbridge_ms = 1", "x.toml:2: unknown setting activty; the nearest is activity."),
    ("bridge_ms = 1", "x.toml:1: unknown setting bridge_ms; the nearest is activity.bridge_ms."),
    ("entirely_else = 1", "x.toml:1: unknown setting entirely_else."),
    ("[activity]\nbridge_ms = \"200\"", "x.toml:2: activity.bridge_ms: expected a number."),
    ("[activity]\nbridge_ms = -1", "x.toml:2: activity.bridge_ms: expected a number of at least 0."),
    ("[activity]\nbridge_ms = nan", "x.toml:2: activity.bridge_ms: expected a finite number."),
    ("activity.bridge_ms = -inf", "x.toml:1: activity.bridge_ms: expected a finite number."),
    ("[reading]\r\nallow_ogg = 1", "x.toml:2: reading.allow_ogg: expected true or false."),
    ("agent = \"middle\"", "x.toml:1: agent: expected left, right, auto, first or second."),
    ("agent = 1", "x.toml:1: agent: expected a text in quotes."),
    ("activity = 1", "x.toml:1: activity is a table of settings, not a value."),
    (
      "reading = { allow_oggs = true }",
      "x.toml:1: unknown setting reading.allow_oggs; the nearest is reading.allow_ogg."
    ),
  ])
  func wrongSettingsAreNamedWithTheirLine(text: String, sentence: String) {
    let refused = refusal { _ = try toml(text) }
    #expect(refused == ConfigurationError(description: sentence, status: 64))
  }

  // MARK: Retired settings

  @Test(arguments: [
    (
      "# one\n[activity]\nbridge_ms = 250\nroom_share = 0.05",
      "x.toml:4: activity.room_share is no longer a setting: it is a constant of the program now;"
        + " remove the line."
    ),
    (
      "voices.core_depth_db = 20",
      "x.toml:1: voices.core_depth_db is no longer a setting: it is a constant of the program now;"
        + " remove the line."
    ),
    // A key that never was is unknown, in a table with retired ones too.
    ("activity.retired_never_known = 1", "x.toml:1: unknown setting activity.retired_never_known."),
  ])
  func retiredSettingsSayWhatBecameOfThem(text: String, sentence: String) {
    let refused = refusal { _ = try toml(text) }
    #expect(refused == ConfigurationError(description: sentence, status: 64))
  }

  @Test func retiredVariablesSayWhatBecameOfThem() {
    let refused = refusal { _ = try environment(["TALKSPURT_ACTIVITY_HOLD_MS_PER_DB": "20"]) }
    let sentence =
      "The environment variable TALKSPURT_ACTIVITY_HOLD_MS_PER_DB is no longer a setting: it is a"
      + " constant of the program now; remove it."
    #expect(refused == ConfigurationError(description: sentence, status: 64))
  }

  @Test func everyRetiredSettingIsKnownByNameAndVariable() {
    #expect(RetiredSettings.names.count > 150)
    for name in RetiredSettings.names {
      let variable = "TALKSPURT_" + name.replacing(".", with: "_").uppercased()
      #expect(RetiredSettings.explanation(of: name) != nil, "\(name)")
      #expect(RetiredSettings.explanation(ofVariable: variable) != nil, "\(variable)")
    }
    #expect(RetiredSettings.explanation(of: "roles")?.contains("constants of the program") == true)
    #expect(RetiredSettings.explanation(ofVariable: "TALKSPURT_ROLES_RING") != nil)
    #expect(RetiredSettings.explanation(of: "activity.bridge_ms") == nil)
    #expect(RetiredSettings.explanation(ofVariable: "TALKSPURT_ACTIVITY_BRIDGE_MS") == nil)
  }

  @Test func noRetiredSettingIsOneStill() {
    #expect(RetiredSettings.names.isDisjoint(with: Setting.all.map(\.name)))
    #expect(!Setting.tables.contains("roles"))
    // Each of today's settings is a definition, a standard or a choice.
    #expect((60...85).contains(Setting.all.count), "\(Setting.all.count)")
  }

  // MARK: Sources

  @Test func sourcesNameTheChannelOfTheirRecordings() throws {
    let configuration = try toml(
      """
      agent = "left"
      [[sources]]
      path = "/mnt/connect/*"
      recorder = "amazon-connect"
      [[sources]]
      path = "night/*"
      agent = "auto"
      [[sources]]
      path = "*"
      recorder = "verint"
      agent = "right"   # goes over the recorder
      """)
    #expect(configuration.sources.map(\.path) == ["/mnt/connect/*", "night/*", "*"])
    #expect(configuration.sources.map(\.agent) == [.right, .auto, .right])
    #expect(configuration.sources.map { $0.rules == nil } == [false, true, false])
    let sources = configuration.recordingSources(version: "1")
    #expect(sources.map(\.roles) == [.right, .auto, .right])
    // Who is where is part of the settings by which an analysis is known; where the recording lies is not.
    #expect(configuration.hash == (try toml("agent = 'left'").hash))
    #expect(sources[0].analysis.settingsHash == (try toml("agent = 'right'").hash))
    #expect(sources[1].analysis.settingsHash == Configuration().hash)
    #expect(Set(sources.map(\.analysis.settingsHash)).count == 2)
  }

  @Test func laterSourcesReplaceEarlierOnesAndTheFlagAll() throws {
    var configuration = try toml("[[sources]]\npath = 'a'\nagent = 'left'")
    try configuration.apply(toml: "activity.bridge_ms = 250", from: "y.toml")
    #expect(configuration.sources.map(\.path) == ["a"])
    try configuration.apply(toml: "sources = [{ path = 'b', agent = 'left' }]", from: "y.toml")
    #expect(configuration.sources.map(\.path) == ["b"])
    try configuration.apply(environment: ["TALKSPURT_AGENT": "right"])
    #expect(configuration.sources.map(\.path) == ["b"])
  }

  @Test(arguments: [
    ("\n[[sources]]\nagent = 'left'", "x.toml:2: sources: a source needs a path."),
    ("[[sources]]\npath = 'a'", "x.toml:1: sources: a source needs an agent, a recorder, names or raw."),
    (
      "[[sources]]\npath = 'a'\nagent = 'left'\n\n[[sources]]\npath = 'b'\nagent = 'up'",
      "x.toml:7: sources.agent: expected left, right, auto, first or second."
    ),
    (
      "[[sources]]\npath = 'a'\nrecorder = 'nice'",
      "x.toml:3: sources.recorder: expected one of amazon-connect, asterisk, freepbx,"
        + " freeswitch, genesys, rtpengine, twilio, twilio-flex, verint, vicidial."
    ),
    (
      "[[sources]]\npaht = 'a'\nagent = 'left'",
      "x.toml:2: sources.paht: a source has no such key; the nearest is path."
    ),
    ("[[sources]]\npath = 3\nagent = 'left'", "x.toml:2: sources.path: expected a text in quotes."),
    ("sources = [{ path = 'a', agent = 1 }]", "x.toml:1: sources.agent: expected a text in quotes."),
    ("[sources]\npath = 'a'", "x.toml:1: sources: expected tables, as in [[sources]]."),
    ("[[source]]\npath = 'a'", "x.toml:1: unknown setting source; the nearest is sources."),
  ])
  func wrongSourcesAreNamedWithTheirLine(text: String, sentence: String) {
    #expect(refusal { _ = try toml(text) } == ConfigurationError(description: sentence, status: 64))
  }

  /// Found by `scripts/fuzz settings`: toml++ ended the program.
  @Test(arguments: [
    "[[[sources]]]", "[\u{10}sources]", "[[ = 1]", "[", "[[", "[ [", "[]", "\t[,]", "[é]", "[[\nsources]]",
    "\u{FEFF}[=",
  ])
  func aTableWithoutANameIsRefused(head: String) {
    let refused = refusal { _ = try toml("agent = 'left'\n\(head)\n") }
    #expect(refused?.status == 1)
    #expect(refused?.description == "x.toml:2: this is not TOML: a table needs a name, as in [activity].")
  }

  @Test(arguments: [
    "a = [\"q\", }", "a = [}", "a = [\n  'x', # ]\n}", "a = {b = [1, }}",
    "a = [\"\"\"\n]\\\"\"\"\", }", "a = ['''[''''', }", "a = [\"[\\\"\", }",
    "a = ['''\n]'''\n, }", "a = [[1], [2, }]",
  ])
  func aListThatAnotherBracketEndsIsRefused(list: String) {
    let refused = refusal { _ = try toml("agent = 'left'\n\(list)\n") }
    #expect(refused?.status == 1)
    let line = 2 + list.prefix { $0 != "}" }.count { $0 == "\n" }
    #expect(
      refused?.description
        == "x.toml:\(line): this is not TOML: a list ends with ], and a } stands in its place.")
  }

  @Test func aVariableIsNoListEither() {
    #expect(refusal { _ = try environment(["TALKSPURT_ACTIVITY_BRIDGE_MS": "[1, }"]) }?.status == 64)
  }

  @Test(arguments: [
    "'[}'", "\"[\\\"}\"", "\"\"\"[}\"\"\"", "'''\n[}\n'''", "\"x\" # [}", "'a' #\"", "\"\"\"\"[}\"\"\"\"",
  ])
  func bracketsInTextsAndCommentsAreNone(text: String) throws {
    let read = try toml("[[sources]]\npath = \(text)\nkeys.agent = ['''[}''', \"]\"]\n")
    #expect(read.sources.count == 1)
  }

  @Test func aTextOfSeveralLinesHoldsWhatItLikes() throws {
    let pattern = "[^_]+_(?<from>[0-9]+)"
    let read = try toml("[[sources]]\npath = '*'\nnames = '''\n\(pattern)'''\n")
    #expect(read.sources.first?.rules?.names.first?.text == pattern)
  }

  @Test func whatIsNotTOMLCannotBeRead() {
    let refused = refusal { _ = try toml("agent = 'left'\nreading = = 3") }
    #expect(refused?.status == 1)
    #expect(refused?.description.hasPrefix("x.toml:2: this is not TOML: ") == true)
    #expect(refused?.description.contains("\n") == false)
  }

  @Test func variablesAreRefusedLikeKeys() {
    func sentence(_ name: String, _ value: String) -> String? {
      refusal { _ = try environment([name: value]) }?.description
    }
    #expect(
      sentence("TALKSPURT_ACTIVITY_BRIDGE_S", "1")
        == "The environment variable TALKSPURT_ACTIVITY_BRIDGE_S is no setting; the nearest is "
        + "TALKSPURT_ACTIVITY_BRIDGE_MS.")
    let name = "TALKSPURT_ACTIVITY_BRIDGE_MS"
    for value in ["many", "", "true", "\"1\"", "1\nagent = 'left'", "[1]"] {
      #expect(sentence(name, value) == "environment: \(name): expected a number.", "\(value)")
    }
    #expect(sentence(name, "inf") == "environment: \(name): expected a finite number.")
    #expect(
      sentence("TALKSPURT_AGENT", "up")
        == "environment: TALKSPURT_AGENT: expected left, right, auto, first or second.")
  }

  @Test func levelsMayBeNegativeAndSharesEndAtOne() {
    let level = Setting(path: ["voice", "riseDb"], shipped: .number(3))
    #expect(level.complaint(about: .number(-3)) == nil)
    let share = Setting(path: ["tones", "twoPeakShare"], shipped: .number(0.9))
    #expect(share.complaint(about: .number(1)) == nil)
    #expect(share.complaint(about: .number(1.01)) != nil)
    #expect(level.complaint(about: .number(1e10)) != nil)
    let cadence = Setting(path: ["tones", "cadenceMs"], shipped: .list([.number(400)]))
    #expect(cadence.complaint(about: .list([.number(200), .number(3)])) == nil)
    #expect(cadence.complaint(about: .list([.number(200), .number(-3)])) != nil)
    #expect(cadence.complaint(about: .number(200)) == "expected a list")
  }

  @Test func theHashIsTwelveDigitsAndKnowsEverySource() throws {
    let hash = Configuration().hash
    #expect(hash.count == 12)
    #expect(hash.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    #expect(try toml("activity.bridge_ms = 200").hash == hash)
    #expect(try environment(["TALKSPURT_AGENT": "right"]).hash != hash)
  }

  // MARK: The program

  @Test func theVersionIsNamedOnce() throws {
    let asked = #expect(throws: (any Error).self) { try Talkspurt.parseAsRoot(["--version"]) }
    #expect(asked.map { Talkspurt.message(for: $0) } == "talkspurt 0.1.0")
    #expect(asked.map { Talkspurt.exitCode(for: $0) } == .success)
    for wrong in [
      ["inspect"], ["inspect", "--format", "doc", "x"], ["inspect", "--agent", "up", "x"], ["nothing"],
    ] {
      let refused = #expect(throws: (any Error).self) { try Talkspurt.parseAsRoot(wrong) }
      #expect(refused.map { Talkspurt.exitCode(for: $0) } == ExitCode(64), "\(wrong)")
    }
    #expect(throws: Never.self) {
      try Talkspurt.parseAsRoot(["inspect", "a", "--format", "rttm", "--agent", "left"])
    }
  }

  // MARK: What the terminal can show

  @Test func pagesFollowTheTerminal() {
    func style(_ environment: [String: String], _ terminal: Bool = true) -> PageStyle {
      PageStyle(environment: environment, isTerminal: terminal)
    }
    #expect(style(["LANG": "de_DE.UTF-8"]) == PageStyle(unicode: true, colour: true))
    #expect(style(["LANG": "de_DE.UTF-8", "LC_ALL": "C"]) == PageStyle(unicode: false, colour: true))
    #expect(style(["LC_ALL": "", "LANG": "C.utf8"]).unicode)
    #expect(style([:], false) == PageStyle(unicode: false, colour: false))
    #expect(
      !style(["NO_COLOR": "1"]).colour && style(["NO_COLOR": ""]).colour && !style(["TERM": "dumb"]).colour)
  }

  @Test func editDistancesAreThoseOfLevenshtein() {
    #expect(editDistance("kitten", "sitting") == 3)
    #expect(editDistance("", "abc") == 3)
    #expect(editDistance("abc", "") == 3)
    #expect(editDistance("same", "same") == 0)
  }
}
