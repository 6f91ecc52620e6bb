import CallModel
import Glibc
import TestSupport
import Testing

@testable import CallAudio

/// A share with `in/call.wav`, and beside it a folder that is not part of it, with a file of the same name.
struct OpenBeneathTests {
  let folder = TemporaryFolder()
  let share: RecordingPath
  let call: RecordingPath

  init() {
    folder.makeFolder("share")
    folder.makeFolder("share/in")
    folder.makeFolder("outside")
    folder.write(Array("call".utf8), as: "share/in/call.wav")
    folder.write(Array("secret".utf8), as: "outside/call.wav")
    share = RecordingPath(bytes: folder.path.appending(Array("share".utf8)).bytes)
    call = share.appending(Array("in/call.wav".utf8))
  }

  /// What both ways of opening find; nil where they refuse.
  private func content(_ path: RecordingPath) -> [String?] {
    let folder = RecordingPath(bytes: Array(path.bytes.prefix(path.givenLength)))
    let root = folder.withCString { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    defer { close(root) }
    let byParts = openPartByPart(
      path.bytes.dropFirst(path.givenLength), in: root, flags: O_RDONLY | O_CLOEXEC)
    return [openForReading(path, followingLinks: false), byParts].map { descriptor in
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      var bytes = [UInt8](repeating: 0, count: 16)
      let count = read(descriptor, &bytes, 16)
      return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
  }

  private func replaceFolder(with target: String) {
    let inside = share.appending(Array("in".utf8)), away = share.appending(Array("away".utf8))
    // The second time it is a link.
    if inside.withCString({ unlink($0) }) != 0 {
      _ = inside.withCString { old in away.withCString { rename(old, $0) } }
    }
    folder.link("share/in", to: target)
  }

  @Test func aFileInAFolderIsOpened() { #expect(content(call) == ["call", "call"]) }

  @Test func aFolderThatBecameALinkIsNotEntered() {
    replaceFolder(with: folder.path.text + "/outside")
    #expect(content(call) == [nil, nil])
    replaceFolder(with: "../outside")
    #expect(content(call) == [nil, nil])
  }

  /// Not even one that leads to where the folder went.
  @Test func aLinkThatStaysInTheShareIsNotEntered() {
    replaceFolder(with: "away")
    #expect(content(call) == [nil, nil])
  }

  @Test func dotsDoNotLeadOut() {
    #expect(content(share.appending(Array("../outside/call.wav".utf8))) == [nil, nil])
    #expect(content(share.appending(Array("in/../../outside/call.wav".utf8))) == [nil, nil])
  }

  @Test func aLinkThatWasGivenIsFollowed() {
    let link = RecordingPath(bytes: folder.link("link", to: "share").bytes)
    #expect(content(link.appending(Array("in/call.wav".utf8))) == ["call", "call"])
  }

  @Test func whatWasGivenWholeFollowsLinksOnTheWay() {
    replaceFolder(with: "../outside")
    let descriptor = openForReading(RecordingPath(bytes: call.bytes), followingLinks: false)
    #expect(descriptor >= 0)
    close(descriptor)
  }
}
