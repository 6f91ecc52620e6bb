import Foundation
import Synchronization

/// A thread that lasts as long as the program, to start processes on. The kernel ends a worker with the *thread* that
/// started it (PR_SET_PDEATHSIG, prctl(2)), and threads that wait for rows come and go.
final class StartingThread: Sendable {
  static let shared = StartingThread()

  private let jobs = Mutex<[@Sendable () -> Void]>([])
  private let arrived = DispatchSemaphore(value: 0)

  private init() {
    Thread.detachNewThread {
      while true {
        self.arrived.wait()
        self.jobs.withLock { $0.removeFirst() }()
      }
    }
  }

  /// Runs `body` there and waits for it.
  func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    let answer = Answer<Value>()
    jobs.withLock { $0.append { answer.give(body()) } }
    arrived.signal()
    return answer.wait()
  }
}

/// A value that one thread gives to another.
private final class Answer<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let isGiven = DispatchSemaphore(value: 0)

  func give(_ value: Value) {
    self.value.withLock { $0 = value }
    isGiven.signal()
  }

  func wait() -> Value {
    isGiven.wait()
    return value.withLock { $0! }
  }
}
