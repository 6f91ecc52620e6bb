import CallIngest
import CallModel
import TestSupport
import Testing

@testable import talkspurt

/// What recorders and exchanges leave, through the program.
@Suite struct RecorderTests {
  let folder = TemporaryFolder()
  var config: String { folder.path.text + "/config.toml" }
  var share: String { folder.path.text + "/share" }

  init() { folder.makeFolder("share") }

  func configure(_ toml: String) {
    folder.write(Array(("[[sources]]\npath = \"share/*\"\n" + toml).utf8), as: "config.toml")
  }

  /// Writes a recording, of another content for each `length` in samples.
  func record(_ name: String, length: Int = 8000) {
    folder.write(WaveBytes.pcm16(WaveBytes.noise(length).map { $0 / 16 }), as: "share/" + name)
  }

  @Test func recordsWithoutIdsAreToldByEveryCommand() throws {
    configure(
      """
      recorder = "freepbx"
      time_zone = "Europe/Berlin"
      records = ["\(folder.path.text)/Master.csv"]
      """)
    record("external-1001-01701234567-20260714-100000-1784016000.42.wav")
    folder.write(
      Array(
        #""","0170","1001","c","x","PJSIP/t-1","PJSIP/1001-2","Dial","","2026-07-14 10:00:00","","2026-07-14 10:00:14",14,10,"ANSWERED","D""#
          .utf8), as: "Master.csv")
    let sentence = "Master.csv: 0 of 1 lines matched: they have no unique id (cdr_csv)"
    let store = folder.path.text + "/calls.sqlite"
    let night = try ProgramRun.talkspurt(["ingest", share, "--store", store, "--config", config])
    #expect(night.status == 0 && night.errors.contains(sentence))
    #expect(try ProgramRun.talkspurt(["doctor", "--store", store]).lines.joined().contains(sentence))
    let page = try ProgramRun.talkspurt(["doctor", "--config", config])
    #expect(page.lines.contains { $0.hasPrefix("notice") && $0.contains(sentence) })
    let line = try ProgramRun.talkspurt(["analyze", share, "--config", config])
    #expect(line.errors.contains(sentence) && line.lines[0].contains(#""field":"records""#))
    // A line of another call.
    folder.write(
      Array(
        #""","0170","1001","c","x","PJSIP/t-1","PJSIP/1001-2","Dial","","2026-07-14 10:00:00","","2026-07-14 10:00:14",14,10,"ANSWERED","D","1784016000.43","""#
          .utf8), as: "Master.csv")
    let other = try ProgramRun.talkspurt(["ingest", share, "--store", store, "--config", config])
    #expect(
      other.errors.contains("0 of 1 lines matched: no line has the id of a recording, as 1784016000.42"))
  }

  @Test func recordsOfFreeSWITCHAreFoundInRotatedFolders() throws {
    let id = "11111111-aaaa-4bbb-8ccc-000000000003"
    configure("recorder = \"freeswitch\"\nregion = \"DE\"\nrecords = [\"\(folder.path.text)/cdr\"]")
    record(id + ".wav")
    for name in ["cdr", "cdr/2026-07-13-00-00-00", "cdr/2026-07-14-00-00-00"] { folder.makeFolder(name) }
    let record = #"{"variables": {"direction": "inbound"}, "callflow": [{"caller_profile":"#
    folder.write(
      Array((record + #" {"caller_id_number": "01701234567", "destination_number": "03012345"}}]}"#).utf8),
      as: "cdr/2026-07-14-00-00-00/\(id).cdr.json")
    let line = try ProgramRun.talkspurt(["analyze", share, "--config", config]).lines[0]
    #expect(line.contains(#""line":{"source":"freeswitch_cdr","value":"+493012345"}"#))
  }

  @Test func soundWithoutAHeaderIsReadWhereASourceSaysWhatItIs() throws {
    folder.write(WaveBytes().samples(WaveBytes.noise(16_000).map { $0 / 16 }), as: "share/a.sln16")
    let plain = try ProgramRun.talkspurt(["ingest", share, "--store", folder.path.text + "/a.sqlite"])
    #expect(plain.errors.contains("passed over 1 .sln16 (sox reads it)"))
    configure("raw = { encoding = \"s16le\", sample_rate_hz = 16000 }")
    let line = try ProgramRun.talkspurt(["analyze", share, "--config", config]).lines[0]
    #expect(line.contains(#""container":"RAW""#) && line.contains(#""duration_s":1,"#))
    let stored = try ProgramRun.talkspurt([
      "ingest", share, "--store", folder.path.text + "/b.sqlite", "--config", config,
    ])
    #expect(stored.errors.contains("1 analysed"))
  }

  /// What Monitor writes is one call of two channels; where gaps were left out of a leg, each file is a call.
  @Test func legsInTwoFilesAreOneCall() throws {
    configure("recorder = \"asterisk\"")
    record("1784016000.42-in.wav", length: 8002)
    record("1784016000.42-out.wav", length: 8004)
    record("1784016000.43-in.wav", length: 8006)
    folder.write(WaveBytes.pcm16(WaveBytes.noise(40_000)), as: "share/1784016000.43-out.wav")
    let lines = try ProgramRun.talkspurt(["analyze", share, "--config", config]).lines
    #expect(lines.count == 3 && lines[0].contains(#""channels":2"#) && lines[1].contains(#""channels":1"#))
    // A worker that may read the named leg alone reads the other one as well.
    let named = try ProgramRun.talkspurt(["analyze", share + "/1784016000.42-in.wav", "--config", config])
    #expect(named.lines == [lines[0]])
    let store = folder.path.text + "/calls.sqlite"
    let night = try ProgramRun.talkspurt(["ingest", share, "--store", store, "--config", config])
    #expect(night.errors.contains("3 analysed"))
    // A recording of both parties goes before.
    record("1784016000.42.wav", length: 8008)
    let again = try ProgramRun.talkspurt(["ingest", share, "--store", store, "--config", config])
    #expect(again.errors.contains("1 analysed, 3 unchanged"))
    let calls = try ProgramRun.talkspurt(["export", "--store", store, "--format", "ndjson"]).lines
    #expect(calls.count == 3 && calls.contains { $0.contains("1784016000.42.wav") })
  }

  /// The second leg can come a night later, and can change.
  @Test func aSecondLegThatComesLaterIsNoticed() throws {
    configure("recorder = \"asterisk\"")
    let store = folder.path.text + "/calls.sqlite"
    func night(_ sentence: String, _ calls: Int, channels: Int) throws {
      let run = try ProgramRun.talkspurt([
        "ingest", share, "--store", store, "--config", config,
      ])
      #expect(run.errors.contains(sentence), "\(run.errors)")
      let lines = try ProgramRun.talkspurt(["export", "--store", store, "--format", "ndjson"]).lines
      #expect(lines.count == calls && lines.allSatisfy { $0.contains("\"channels\":\(channels),") })
    }
    record("1784016000.42-in.wav", length: 40_000)
    try night("1 analysed", 1, channels: 1)
    // Of another length it is a call of its own, until it fits.
    record("1784016000.42-out.wav", length: 8004)
    try night("1 analysed, 1 unchanged", 2, channels: 1)
    record("1784016000.42-out.wav", length: 40_002)
    try night("1 analysed", 1, channels: 2)
    try night("0 analysed, 1 unchanged", 1, channels: 2)
    record("1784016000.42-out.wav", length: 40_004)
    try night("1 analysed", 1, channels: 2)
    try night("0 analysed, 1 unchanged", 1, channels: 2)
  }

  @Test(arguments: [
    ("raw = 1", "sources.raw: expected { encoding"),
    ("raw = { encoding = \"mp9\" }", "of s16le, ulaw, alaw, gsm"),
    ("raw = { encoding = \"ulaw\", rate = 8000 }", "rate is none of encoding, sample_rate_hz, channels"),
    ("raw = { encoding = \"ulaw\", sample_rate_hz = 1 }", "sample_rate_hz is a number from 4000 to 192000"),
    ("raw = { encoding = \"gsm\", channels = 2 }", "GSM 6.10 has one channel"),
  ]) func wrongFormatsAreRefused(body: String, sentence: String) {
    var configuration = Configuration()
    let error = #expect(throws: ConfigurationError.self) {
      try configuration.apply(toml: "[[sources]]\npath = \"a\"\n" + body, from: "x.toml")
    }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  /// Other samples are another answer.
  @Test func theFormatIsInTheHash() throws {
    var configuration = Configuration()
    func hash(_ raw: String) throws -> String {
      try configuration.apply(toml: "[[sources]]\npath = \"a\"\nagent = \"auto\"\n" + raw, from: "x.toml")
      return configuration.recordingSources(version: "1")[0].analysis.settingsHash
    }
    let hashes = try ["", "raw = { encoding = \"ulaw\" }", "raw = { encoding = \"alaw\" }"].map(hash)
    #expect(Set(hashes).count == 3 && hashes[0] == Configuration().hash)
  }
}
