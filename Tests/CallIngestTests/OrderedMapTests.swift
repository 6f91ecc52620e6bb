import CallIngest
import Foundation
import Synchronization
import Testing

struct OrderedMapTests {
  @Test(arguments: 1...9) func resultsComeInTheOrderOfTheInputs(jobs: Int) {
    for count in [0, 1, 2, 7, 300] {
      var results: [Int] = []
      mapInOrder(0..<count, jobs: jobs) {
        $0 * $0
      } deliver: {
        results += $0
        return true
      }
      #expect(results == (0..<count).map { $0 * $0 })
    }
  }

  /// The first input waits until the second is done, so that this ends only if both are worked on at once.
  @Test func laterWorkGoesOnWhileAnEarlierOneTakesLong() {
    let secondIsDone = DispatchSemaphore(value: 0)
    var results: [Int] = []
    mapInOrder(0..<2, jobs: 2) { number in
      if number == 0 { secondIsDone.wait() } else { secondIsDone.signal() }
      return number
    } deliver: {
      results += $0
      return true
    }
    #expect(results == [0, 1])
  }

  @Test func aResultIsDeliveredBeforeLaterInputsAreTaken() {
    let taken = Mutex(0)
    let inputs = AnyIterator { () -> Int? in
      taken.withLock { count in
        count += 1
        return count
      }
    }
    var delivered = 0
    mapInOrder(inputs, jobs: 2) {
      $0
    } deliver: { results in
      #expect(taken.withLock { $0 } <= delivered + 16)
      delivered += results.count
      return delivered < 100
    }
    #expect(delivered >= 100)
  }

  @Test func falseStopsTheRunAndNothingIsLeftRunning() {
    let running = Mutex(0)
    var delivered = 0
    mapInOrder(0..<1000, jobs: 4) { number in
      running.withLock { $0 += 1 }
      defer { running.withLock { $0 -= 1 } }
      return number
    } deliver: { _ in
      delivered += 1
      return delivered < 3
    }
    #expect(delivered == 3, "groups")
    #expect(running.withLock { $0 } == 0)
  }

  @Test func anErrorEndsTheRun() {
    struct Stop: Error {}
    var delivered = 0
    #expect(throws: Stop.self) {
      try mapInOrder(0..<1000, jobs: 3) {
        $0
      } deliver: { numbers in
        delivered += numbers.count
        if numbers.contains(5) { throw Stop() }
        return true
      }
    }
    #expect(6...30 ~= delivered)
  }
}
