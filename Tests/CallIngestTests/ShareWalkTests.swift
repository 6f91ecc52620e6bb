import CallAudio
import CallIngest
import CallModel
import Glibc
import TestSupport
import Testing

struct ShareWalkTests {
  let folder = TemporaryFolder()

  /// What is found below the folder, relative to it.
  func found(_ limits: ReadingLimits = ReadingLimits()) -> [String] {
    findRecordings(under: [folder.path], limits: limits).map { entry in
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
    #expect(found() == ["a.wav", "b.WAV", "c.wav49", "d.Flac", "e.rf64", "f.w64", "m.wave"])
    var limits = ReadingLimits()
    limits.allowOgg = true
    limits.allowMp3 = true
    #expect(found(limits).filter { "ghi".contains($0.first!) } == ["g.ogg", "h.opus", "i.mp3"])
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

  @Test func namesAreBytes() {
    let names: [[UInt8]] = [Array("=\n.wav".utf8), [0x61, 0xFF] + Array(".wav".utf8)]
    for name in names { folder.write([], as: name) }
    let entries = findRecordings(under: [folder.path], limits: ReadingLimits())
    #expect(entries.map(\.path) == names.map { folder.path.appending($0) })
    #expect(entries.allSatisfy { $0.path.withCString { access($0, R_OK) } == 0 })
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
}
