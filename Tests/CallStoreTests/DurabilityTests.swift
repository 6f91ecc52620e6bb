import CallModel
import Foundation
import TestSupport
import Testing

@testable import CallStore

@Suite struct DurabilityTests {
  @Test func theLogIsSyncedAtEachCommit() throws {
    let folder = try StoreFolder()
    let store = try CallStore(at: folder.store)
    let durability = try store.durability()
    #expect(durability.journal == "wal" && durability.synchronous == 2, "2 is FULL")
    let watch = SyncWatch(folder.folder)
    let watched = try CallStore(at: folder.store)
    for number in 1...20 {
      let before = watch.count
      let path = RecordingPath("/share/\(number).wav")
      try watched.record(.sample(path), of: path)
      #expect(watch.count > before, "\(number)")
    }
  }

  @Test func aPowerCutLosesNoCallThatWasReported() throws {
    let folder = try StoreFolder()
    let watch = SyncWatch(folder.folder)
    let store = try CallStore(at: folder.store)
    for number in 1...40 {
      let path = RecordingPath("/share/\(number).wav")
      try store.record(.sample(path), of: path)
      guard number % 10 == 0 else { continue }
      let after = try StoreFolder()
      try watch.cutPower(into: after.folder)
      let left = try CallStore(at: after.store)
      try left.check(thoroughly: true)
      #expect(try left.paths { _ in }.count == number)
    }
  }

  @Test func aNetworkFileSystemIsToldApart() {
    let mounts = """
      24 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
      61 24 0:49 / /mnt/nfs rw,relatime shared:3 - nfs4 files:/calls rw,vers=4.2
      62 24 0:50 / /mnt/smb rw - cifs //files/calls rw
      """
    #expect(networkFileSystem(device: 49, mounts: mounts) == "nfs4")
    #expect(networkFileSystem(device: 50, mounts: mounts) == "cifs")
    #expect(networkFileSystem(device: 8 << 8 | 1, mounts: mounts) == nil)
    #expect(networkFileSystem(device: 99, mounts: mounts) == nil, "not among the mounts")
  }

  @Test func everyNameOfAStoreHasOneLock() throws {
    let folder = try StoreFolder()
    try CallStore.writing(to: folder.store) { _ in }
    for link in ["soft", "hard"] {
      let other = folder.folder + "/\(link).sqlite"
      if link == "soft" {
        try FileManager.default.createSymbolicLink(atPath: other, withDestinationPath: folder.store)
      } else {
        try FileManager.default.linkItem(atPath: folder.store, toPath: other)
      }
      try CallStore.holding(folder.store) {
        #expect(throws: StoreError.heldByAnotherRun(path: other)) { try CallStore.holding(other) {} }
        #expect(CallStore.isHeld(other))
      }
      #expect(!CallStore.isHeld(other))
    }
  }
}
