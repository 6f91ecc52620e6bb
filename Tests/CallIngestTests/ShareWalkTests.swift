import CallAnalysis
import CallAudio
import CallIngest
import CallModel
import Glibc
import TestSupport
import Testing

struct ShareWalkTests {
  let folder = TemporaryFolder()

  /// What is found below the folder, relative to it.
  func found(
    _ limits: ReadingLimits = ReadingLimits(), _ change: (inout ShareSelection) -> Void = { _ in }
  ) -> [String] {
    var selection = ShareSelection()
    change(&selection)
    return findRecordings(under: [folder.path], limits: limits, selection: selection).map { entry in
      String(decoding: entry.path.bytes.dropFirst(folder.path.bytes.count + 1), as: UTF8.self)
    }
  }

  @Test func aFolderGivesItsRecordingsInTheOrderOfTheirPathsBytes() {
    for name in ["b", "a", "a-b", "a.wav.d"] { folder.makeFolder(name) }
    for name in ["b/2.wav", "b/10.wav", "a/z.wav", "a-b/x.wav", "a.wav", "B.wav", "é.wav", "a.wav.d/1.flac"] {
      folder.write([], as: name)
    }
    let expected = [
      "B.wav", "a-b/x.wav", "a.wav", "a.wav.d/1.flac", "a/z.wav", "b/10.wav", "b/2.wav", "é.wav",
    ]
    #expect(found() == expected)
    #expect(expected.map(RecordingPath.init) == expected.map(RecordingPath.init).sorted())
  }

  @Test func onlyContainersThatAreReadAreTaken() {
    for name in [
      "a.wav", "b.WAV", "c.wav49", "d.Flac", "e.rf64", "f.w64", "g.ogg", "h.opus", "i.mp3", "j.txt", "k.gsm",
      "wav", ".wav", ".hidden.wav", "l.wav.part", "m.wave",
    ] { folder.write([], as: name) }
    let always = ["a.wav", "b.WAV", "c.wav49", "d.Flac", "e.rf64", "f.w64", "m.wave"]
    #expect(found() == (always + ["g.ogg", "h.opus", "i.mp3"]).sorted())
    var limits = ReadingLimits()
    limits.allowOgg = false
    limits.allowMp3 = false
    #expect(found(limits) == always)
  }

  @Test func whatIsNoRegularFileIsPassedOverInsideAFolder() {
    let target = folder.write([], as: "a.wav")
    folder.link("link.wav", to: target.text)
    folder.link("dangling.wav", to: "nowhere.wav")
    folder.link("loop", to: folder.path.text)
    _ = folder.path.appending(Array("fifo.wav".utf8)).withCString { mkfifo($0, 0o600) }
    folder.makeFolder("folder.wav")
    folder.write([], as: "folder.wav/inside.wav")
    #expect(found() == ["a.wav", "folder.wav/inside.wav"])
  }

  @Test func whatTheUserNamesIsTakenWhateverItIs() {
    let fifo = folder.path.appending(Array("fifo".utf8))
    _ = fifo.withCString { mkfifo($0, 0o600) }
    let text = folder.write([], as: "notes.txt")
    let missing = RecordingPath("/nowhere/at all")
    let named = [fifo, missing, text, text]
    #expect(
      findRecordings(under: named, limits: ReadingLimits()) == named.map { .recording($0, isNamed: true) })
  }

  @Test func aLinkToAFolderIsEnteredWhereItIsNamed() {
    folder.makeFolder("real")
    folder.write([], as: "real/a.wav")
    let link = folder.link("link", to: "real")
    #expect(
      findRecordings(under: [link], limits: ReadingLimits())
        == [.recording(link.appending(Array("a.wav".utf8)), isNamed: false)])
  }

  /// Between the walk and the opening, a folder is replaced by a link to one that is not part of the share.
  @Test func aFolderThatIsSwappedForALinkLeadsNowhere() throws {
    for name in ["share", "share/in", "outside"] { folder.makeFolder(name) }
    let wave = WaveBytes.pcm16(WaveBytes.noise(8000))
    for name in ["share/in/a.wav", "outside/a.wav"] { folder.write(wave, as: name) }
    let share = RecordingPath(bytes: folder.path.appending(Array("share".utf8)).bytes)
    let entry = try #require(findRecordings(under: [share], limits: ReadingLimits()).first)
    let options = PipelineOptions(
      settings: AnalysisSettings(), limits: ReadingLimits(), roles: .auto,
      analysis: Analysis(version: "1", settingsHash: "a"))
    guard case .analysed = analyseRecording(entry, options: options, keepingLandmarks: false).outcome else {
      Issue.record("the recording is not read")
      return
    }
    let inside = share.appending(Array("in".utf8)), away = share.appending(Array("away".utf8))
    try #require(inside.withCString { old in away.withCString { rename(old, $0) } } == 0)
    folder.link("share/in", to: "../outside")
    guard
      case .failed(let failure) = analyseRecording(entry, options: options, keepingLandmarks: false).outcome
    else {
      Issue.record("a file outside the share is read")
      return
    }
    #expect(failure.error.code == .unreadable)
  }

  @Test func namesAreBytes() {
    let names: [[UInt8]] = [Array("=\n.wav".utf8), [0x61, 0xFF] + Array(".wav".utf8)]
    for name in names { folder.write([], as: name) }
    let entries = findRecordings(under: [folder.path], limits: ReadingLimits())
    #expect(entries.map(\.path) == names.map { folder.path.appending($0) })
    #expect(entries.allSatisfy { $0.path.withCString { access($0, R_OK) } == 0 })
  }

  @Test func patternsSelectByNameOrByPath() {
    for name in ["in", "in/test", "out"] { folder.makeFolder(name) }
    for name in ["a.wav", "b.flac", "in/a.wav", "in/test/c.wav", "out/test.wav", "out/-x.wav"] {
      folder.write([], as: name)
    }
    let odd = Array("in/".utf8) + [0xE9] + Array(".wav".utf8)
    folder.write([], as: odd)
    let all = found()
    #expect(all.count == 7)
    #expect(found { $0.include = [Array("*.flac".utf8)] } == ["b.flac"])
    #expect(
      found { $0.include = [Array("a.*".utf8), Array("-*".utf8)] } == ["a.wav", "in/a.wav", "out/-x.wav"])
    #expect(found { $0.include = [Array("in/*.wav".utf8)] }.count == 3, "* stands for / too")
    #expect(found { $0.exclude = [Array("test".utf8)] } == all.filter { $0 != "in/test/c.wav" })
    #expect(
      found { $0.exclude = [Array("in".utf8), Array("[ab].*".utf8)] } == ["out/-x.wav", "out/test.wav"])
    #expect(found { $0.exclude = [[0xE9, UInt8(ascii: "*")]] } == all.filter { !$0.contains("\u{FFFD}") })
    #expect(found { $0.include = [[UInt8(ascii: "?")] + Array(".wav".utf8)] }.count == 4, "? is one byte")
  }

  @Test func depthIsBoundedByTheUser() {
    for name in ["d", "d/d"] { folder.makeFolder(name) }
    for name in ["a.wav", "d/a.wav", "d/d/a.wav"] { folder.write([], as: name) }
    #expect(found { $0.maximumDepth = 0 } == ["a.wav"])
    #expect(found { $0.maximumDepth = 1 } == ["a.wav", "d/a.wav"])
    #expect(found { $0.maximumDepth = 2 }.count == 3)
  }

  /// `/dev/shm` is a file system of its own on Linux.
  @Test func anotherFileSystemIsNotEnteredWhereTheUserSaysSo() {
    var (outer, inner) = (stat(), stat())
    guard stat("/dev", &outer) == 0, stat("/dev/shm", &inner) == 0, outer.st_dev != inner.st_dev,
      access("/dev/shm", W_OK) == 0
    else { return }
    let name = "/dev/shm/talkspurt-test-\(getpid()).wav"
    close(open(name, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600))
    defer { unlink(name) }
    func isFound(_ selection: ShareSelection) -> Bool {
      findRecordings(under: [RecordingPath("/dev")], limits: ReadingLimits(), selection: selection)
        .contains { $0.path == RecordingPath(name) }
    }
    var selection = ShareSelection()
    #expect(isFound(selection))
    selection.staysOnFileSystem = true
    #expect(!isFound(selection))
  }

  @Test func depthIsBounded() {
    var name = "d"
    for _ in 0..<66 {
      folder.makeFolder(name)
      folder.write([], as: name + "/a.wav")
      name += "/d"
    }
    let entries = findRecordings(under: [folder.path], limits: ReadingLimits())
    #expect(entries.count == 65)
    guard case .failure(let failure, _)? = entries.last else {
      Issue.record("the deepest folder is no failure")
      return
    }
    #expect(failure.error.code == .unreadable)
    #expect(failure.error.message.contains("64 deep"))
  }

  /// A user who is root may look into every folder, so that there is nothing to see.
  @Test(.enabled(if: geteuid() != 0)) func aLockedFolderIsAFailureAndTheWalkGoesOn() {
    let locked = folder.makeFolder("locked")
    folder.write([], as: "z.wav")
    _ = locked.withCString { chmod($0, 0) }
    defer { _ = locked.withCString { chmod($0, 0o700) } }
    let entries = findRecordings(under: [folder.path], limits: ReadingLimits())
    #expect(entries.map(\.path.name) == [RecordingPath("locked"), RecordingPath("z.wav")])
    guard case .failure(let failure, _)? = entries.first else {
      Issue.record("the locked folder is no failure")
      return
    }
    #expect(failure.error.code == .unreadable)
  }

  /// A second leg is read with the first one; where that is not selected, it is a recording of its own.
  @Test func aSecondLegWithoutItsFirstOneIsTaken() {
    for name in ["x-in.wav", "x-out.wav"] { folder.write(WaveBytes.pcm16(WaveBytes.noise(8000)), as: name) }
    var limits = ReadingLimits()
    limits.rules = [ReadingRule(RecordingPath("*"), hasLegs: true)]
    #expect(found(limits) == ["x-in.wav"])
    #expect(found(limits) { $0.exclude = [Array("*-in.wav".utf8)] } == ["x-out.wav"])
    #expect(found(limits) { $0.include = [Array("*-out.wav".utf8)] } == ["x-out.wav"])
  }
}
