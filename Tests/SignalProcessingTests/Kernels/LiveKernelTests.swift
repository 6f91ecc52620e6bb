import CVectors.Clones
import SignalProcessing
import TestSupport
import Testing

struct LiveKernelTests {
  /// Peaks of frames in turn: noise of some LSB, a hum whose peaks are alike, and a hum that is louder.
  private let peaks: [[UInt16]] = (0..<240).map { frame in
    (0..<4).map { part in
      let wobble = UInt16(7919 * (4 * frame + part) % 5)
      return ([3 + wobble, 40 + wobble / 2, 110 + 3 * wobble, 300 + wobble] as [UInt16])[frame / 20 % 4]
    }
  }

  @Test(arguments: [1, 2, 60, 240]) func aLineIsLiveWherePlainLoopsFindIt(_ count: Int) {
    let changes = (0..<count).map { UInt8($0 % 13) }
    let powers = (0..<count).map(Float.init)
    let idle = IdleLine(change: 2, highest: 128, fraction: 12)
    let flat = peaks[..<count].flatMap { $0 }
    // Each field has a list of its own; frames lie eight bytes apart.
    let spreadPowers: [Float] = powers.flatMap { [$0, 0] }
    let spreadChanges: [UInt8] = changes.flatMap { [$0, 0, 0, 0, 0, 0, 0, 0] }
    let found = agreed(clones(find_live_baseline, find_live_wide, findLive)) { find in
      var (levels, live) = ([Float](repeating: -1, count: count), [Bool](repeating: false, count: count))
      find(spreadPowers, spreadChanges, flat, 8, count, idle, &levels, &live)
      return levels + live.map { Float($0 ? 1 : 0) }
    }
    let plain = Plain.live(
      peaks: Array(peaks[..<count]), changes: changes, minimum: 2, highest: 128, fraction: 12)
    #expect(Array(found[..<count]) == powers)
    #expect(found[count...].map { $0 > 0 } == plain)
    #expect(count < 100 || plain.contains(true) && plain.contains(false))
  }
}
