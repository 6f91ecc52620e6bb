import CallIngest
import CallModel
import CallStore
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite struct CopyTests {
  @Test(arguments: [1, 2, 5], [true, false])
  func aContentCountsOnce(jobs: Int, sameTime: Bool) throws {
    let night = Night("a.wav", "z.wav")
    for (index, name) in ["c.wav", "b.wav", "d.wav"].enumerated() {
      night.write(name, Array("copied".utf8))
      night.touch(name, seconds: sameTime ? 7 : 7 + index)
    }
    let store = try night.open()
    #expect(try night.run(into: store, jobs: jobs).counts == counts(seen: 5, analysed: 3, copies: 2))
    #expect(try night.calls(in: store) == ["a.wav", "b.wav", "z.wav"])
    #expect(try night.run(into: store, jobs: jobs).counts == counts(seen: 5, unchanged: 3, copies: 2))
    #expect(night.analysed == [])
  }

  @Test func aMovedRecordingIsKnownAgain() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    night.rename("a.wav", to: "z.wav")
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 2))
    #expect(night.analysed == [])
    #expect(try night.calls(in: store) == ["b.wav", "z.wav"])
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 2))
  }

  @Test func aRecordingThatTakesThePlaceOfAnotherIsKnownAgain() throws {
    let night = Night("a.wav", "b.wav")
    night.touch("b.wav", seconds: 7)
    let store = try night.open()
    try night.run(into: store)
    let before = try night.lines(of: store)
    night.rename("b.wav", to: "a.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1, lost: 1))
    // The call that was there is another one, and stays.
    #expect(try night.lines(of: store) == [before[0], before[1].replacing("/b.wav", with: "/a.wav")])
  }

  @Test(arguments: [7, 8]) func theCopyHasTheCallWhereTheFirstIsGone(seconds: Int) throws {
    let night = Night("a.wav")
    let store = try night.open()
    night.write("b.wav", Array("a.wav".utf8))
    night.touch("a.wav", seconds: 7)
    night.touch("b.wav", seconds: seconds)
    try night.run(into: store)
    night.remove("a.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1))
    #expect(night.analysed == [])
    #expect(try night.calls(in: store) == ["b.wav"])
  }

  @Test func aCopyThatComesFirstTakesTheCall() throws {
    let night = Night("b.wav")
    let store = try night.open()
    night.touch("b.wav", seconds: 7)
    try night.run(into: store)
    night.write("a.wav", Array("b.wav".utf8))
    night.touch("a.wav", seconds: 7)
    try night.run(into: store)
    #expect(night.analysed == [])
    #expect(try night.calls(in: store) == ["a.wav"])
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 1, copies: 1))
  }

  @Test func aContentLivesOnInItsCopy() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    night.write("b.wav", Array("a.wav".utf8))
    try night.run(into: store)
    night.write("a.wav", Array("something else".utf8))
    try night.run(into: store)
    #expect(night.analysed == ["a.wav"])
    #expect(try night.calls(in: store) == ["a.wav", "b.wav"])
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 2))
  }

  @Test func hardLinksCountOnce() throws {
    let night = Night("a.wav")
    #expect(night.path("a.wav").withCString { old in night.path("b.wav").withCString { link(old, $0) } } == 0)
    let store = try night.open()
    #expect(try night.run(into: store).counts == counts(seen: 2, analysed: 1, copies: 1))
    night.remove("a.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1))
    #expect(try night.calls(in: store) == ["b.wav"])
  }

  @Test func faultyCopiesAreAFailureEach() throws {
    let night = Night()
    for name in ["bad1.wav", "bad2.wav"] { night.write(name, [0]) }
    let store = try night.open()
    #expect(try night.run(into: store).counts == counts(seen: 2, failed: 2))
    #expect(try night.run(into: store).counts == counts(seen: 2, failedBefore: 2))
  }

  @Test func anotherAnalysisReachesACopyThroughItsCall() throws {
    let night = Night("a.wav")
    let store = try night.open()
    night.write("b.wav", Array("a.wav".utf8))
    try night.run(into: store)
    #expect(
      try night.run(into: store, night.options(hash: "b")).counts == counts(seen: 2, analysed: 1, copies: 1))
    #expect(night.analysed == ["a.wav"])
    night.remove("a.wav")
    #expect(try night.run(into: store, night.options(hash: "c")).counts == counts(seen: 1, analysed: 1))
    #expect(try night.calls(in: store) == ["b.wav"])
  }

  @Test func allIsAnalysedAgainOnRequest() throws {
    let night = Night("a.wav", "bad.wav")
    let store = try night.open()
    night.write("b.wav", Array("a.wav".utf8))
    try night.run(into: store)
    let before = try night.lines(of: store)
    let again = try night.run(into: store, reanalysing: true)
    #expect(again.counts == counts(seen: 3, analysed: 1, failed: 1, copies: 1))
    #expect(night.analysed == ["a.wav", "bad.wav"])
    #expect(try night.lines(of: store) == before)
  }
}

@Suite struct PathsAndCallsTests {
  @Test func aPathThatIsUsedAgainIsAnotherCall() throws {
    let night = Night("line1.wav", "line2.wav")
    let store = try night.open()
    try night.run(into: store)
    night.write("line1.wav", Array("the next day".utf8))
    night.write("line2.wav", [])
    #expect(try night.run(into: store).counts == counts(seen: 2, analysed: 2, lost: 2))
    #expect(try night.calls(in: store) == ["line1.wav", "line1.wav", "line2.wav", "line2.wav"])
    #expect(try night.run(into: store).counts == counts(seen: 2, unchanged: 2))
  }

  @Test func aFileThatBecomesUnreadableKeepsItsCall() throws {
    let night = Night("a.wav")
    let store = try night.open()
    try night.run(into: store)
    night.rename("a.wav", to: "bad.wav")
    try night.run(into: store)
    night.write("bad.wav", [1])
    #expect(try night.run(into: store).counts == counts(seen: 1, failed: 1, lost: 1))
    #expect(try night.calls(in: store) == ["bad.wav"])
    #expect(try night.lines(of: store).count == 2)
  }

  /// Copies outside of every source, which come first by path, leave the call to its source, run after run.
  @Test(arguments: [1, 2, 5]) func aCopyWithoutASourceTakesNothing(jobs: Int) throws {
    let night = Night()
    night.folder.makeFolder("share/archive-copy")
    night.folder.makeFolder("share/calls")
    for number in 1...6 {
      for folder in ["archive-copy", "calls"] { night.write("\(folder)/\(number).wav", [UInt8(number), 7]) }
    }
    var options = night.options()
    options.sources = [
      RecordingSource(
        RecordingPath("calls/*"), roles: .right, analysis: Analysis(version: "1", settingsHash: "right"))
    ]
    let store = try night.open()
    try night.run(into: store, options, jobs: jobs)
    #expect(try night.calls(in: store) == (1...6).map { "calls/\($0).wav" })
    let before = try night.lines(of: store)
    #expect(
      try night.run(into: store, options, jobs: jobs).counts == counts(seen: 12, unchanged: 6, copies: 6))
    #expect(night.analysed == [])
    #expect(try night.lines(of: store) == before)
  }

  @Test func allThatIsSeenIsCounted() throws {
    let night = Night("a.wav", "b.wav", "c.gsm", "d.GSM", "e.sln", "f")
    let store = try night.open()
    let first = try night.run(into: store)
    #expect(first.notes.passedOver == ["gsm": 2, "sln": 1, "": 1])
    #expect(first.counts == counts(seen: 2, analysed: 2))
    night.remove("b.wav")
    #expect(try night.run(into: store).counts == counts(seen: 1, unchanged: 1, lost: 1))
  }

  @Test func aMissingShareDoesNotEndTheNightForTheOther() throws {
    let night = Night("a.wav")
    let store = try night.open()
    let away = night.folder.path.appending(Array("away".utf8))
    let result = try ingest(
      [away, night.share], into: store, options: night.options(), jobs: 1,
      analyse: { RecordingAnalysis(.analysed(.sample($0.path, analysis: $1.analysis))) })
    #expect(result.notes.missingShares == [away])
    #expect(result.counts == counts(seen: 1, analysed: 1) && !result.stopped)
  }
}

@Suite struct ShareChangesTests {
  @Test func aRecordingThatIsStillWrittenToWaits() throws {
    let night = Night("ahead.wav", "fresh.wav", "old.wav")
    night.touch("old.wav", seconds: 1_000_000_000)
    // As if our clock had been set back: 2100.
    night.touch("ahead.wav", seconds: 4_102_444_800)
    let store = try night.open()
    var selection = ShareSelection()
    selection.minimumAge = 24 * 3600
    #expect(
      try night.run(into: store, selection: selection).counts == counts(seen: 3, analysed: 2, waiting: 1))
    #expect(night.analysed == ["ahead.wav", "old.wav"])
    #expect(try night.run(into: store).counts == counts(seen: 3, analysed: 1, unchanged: 2))
  }

  @Test func whatIsTooOldIsPassedOver() throws {
    let night = Night("ahead.wav", "fresh.wav", "old.wav")
    night.touch("old.wav", seconds: 1_000_000_000)
    night.touch("ahead.wav", seconds: 4_102_444_800)
    var selection = ShareSelection()
    selection.maximumAge = 24 * 3600
    #expect(try night.run(into: night.open(), selection: selection).counts == counts(seen: 2, analysed: 2))
    #expect(night.analysed == ["ahead.wav", "fresh.wav"])
  }

  @Test func whatChangesWhileItIsReadIsTriedAgain() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    let first = try night.run(
      into: store, meanwhile: { if $0 == "b.wav" { night.write($0, Array("more and more".utf8)) } })
    #expect(first.counts == counts(seen: 2, analysed: 1, failed: 1))
    #expect(try night.lines(of: store)[1].contains(#""code":"changed_while_reading""#))
    #expect(try night.run(into: store).counts == counts(seen: 2, analysed: 1, unchanged: 1))
    #expect(try night.calls(in: store) == ["a.wav", "b.wav"])
  }

  @Test func whatIsReplacedWhileItIsReadIsTriedAgain() throws {
    let night = Night("a.wav", "b.wav")
    let store = try night.open()
    try night.run(into: store)
    night.write("a.wav", Array("another".utf8))
    night.write("new", Array("more".utf8))
    let second = try night.run(
      into: store, meanwhile: { if $0 == "a.wav" { night.rename("new", to: $0) } })
    #expect(second.counts == counts(seen: 2, unchanged: 1, failed: 1))
    #expect(try night.calls(in: store) == ["a.wav", "b.wav"], "the earlier summary stands")
    #expect(try night.run(into: store).counts == counts(seen: 2, analysed: 1, unchanged: 1, lost: 1))
  }

  @Test func whatIsDeletedBeforeItsTurnIsNoFailure() throws {
    let night = Night("a.wav", "gone.wav")
    let store = try night.open()
    let result = try night.run(
      into: store, meanwhile: { if $0 == "gone.wav" { night.remove($0) } })
    #expect(result.counts == counts(seen: 2, analysed: 1, gone: 1))
    #expect(!result.stopped)
    #expect(try night.lines(of: store).count == 1)
  }

  /// A share that is unmounted leaves an empty folder, one that is renamed leaves none.
  @Test(arguments: [true, false], [1, 3])
  func whatAVanishedShareHidesIsLeftToTheNextRun(isMountPoint: Bool, jobs: Int) throws {
    let night = Night("a.wav", "b.wav", "gone1.wav", "gone2.wav", "gone3.wav")
    let store = try night.open()
    let away = night.folder.path.appending(Array("away".utf8))
    let isAway = Mutex(false)
    let first = try night.run(
      into: store, jobs: jobs,
      meanwhile: { name in
        isAway.withLock { isAway in
          guard !isAway, name.hasPrefix("gone") else { return }
          isAway = night.share.withCString { old in away.withCString { Glibc.rename(old, $0) } } == 0
          if isMountPoint { night.folder.makeFolder("share") }
        }
      })
    #expect(isAway.withLock { $0 })
    #expect(first.notes.missingShares == [night.share] && first.stopped)
    #expect(first.counts.failed == 0 && first.counts.gone == 0)
    let kept = try night.calls(in: store)
    #expect(try night.lines(of: store).count == kept.count)

    _ = night.share.withCString { rmdir($0) }
    #expect(away.withCString { old in night.share.withCString { Glibc.rename(old, $0) } } == 0)
    let second = try night.run(into: store)
    #expect(second.notes.missingShares == [] && !second.stopped)
    #expect(second.counts == counts(seen: 5, analysed: 2 - kept.count, unchanged: kept.count, failed: 3))
    #expect(try night.calls(in: store) == ["a.wav", "b.wav"])
  }

  @Test func anEmptyShareIsDoubtedWhereRecordingsOfItAreKnown() throws {
    let night = Night()
    let store = try night.open()
    #expect(try night.run(into: store).notes.missingShares == [])
    night.write("a.wav")
    try night.run(into: store)
    let before = try night.lines(of: store)
    night.remove("a.wav")
    #expect(try night.run(into: store).notes.missingShares == [night.share])
    #expect(try night.run(into: store, mayBeEmpty: true).notes.missingShares == [])
    #expect(try night.lines(of: store) == before)
  }
}
