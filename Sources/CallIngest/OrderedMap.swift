import CMalloc
import Foundation

/// Has what one recording took kept for the next: pages that go back to the system and come again cost a tenth
/// of an analysis.
private let keepsMemory = mallopt(M_MMAP_THRESHOLD, 32 << 20) + mallopt(M_TRIM_THRESHOLD, 256 << 20) == 2

/// Applies `work` to each of `inputs` on `jobs` threads of their own, and hands the results to `deliver` on
/// the calling thread, in the order of the inputs, each as soon as those before it are there.
///
/// Threads of their own, because the work blocks in reads. At most eight results for each thread are held
/// back for an earlier one that takes long; `inputs` is only advanced as far. Returns when all that was begun
/// has ended.
///
/// - Parameters:
///   - jobs: how many threads, at least one.
///   - deliver: takes one result and says whether to go on; what it throws ends the run too.
public func mapInOrder<Input: Sendable, Output: Sendable>(
  _ inputs: some Sequence<Input>, jobs: Int, _ work: @escaping @Sendable (Input) -> Output,
  deliver: (Output) throws -> Bool
) rethrows {
  _ = keepsMemory
  let bench = Workbench<Input, Output>()
  for _ in 0..<max(1, jobs) { bench.startThread(work) }
  defer { bench.close() }
  var inputs = inputs.makeIterator()
  var (submitted, delivered) = (0, 0)
  while true {
    while submitted - delivered < 8 * max(1, jobs), let input = inputs.next() {
      bench.submit(input, number: submitted)
      submitted += 1
    }
    guard delivered < submitted else { return }
    let output = bench.result(number: delivered)
    delivered += 1
    guard try deliver(output) else { return }
  }
}

/// Where threads find their inputs and leave their outputs. Everything in it is touched with `condition`
/// locked only, which makes it safe to share.
private final class Workbench<Input: Sendable, Output: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var waiting: [(number: Int, input: Input)] = []
  private var done: [Int: Output] = [:]
  private var threads = 0
  private var isClosed = false

  private func locked<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer { condition.unlock() }
    return body()
  }

  func startThread(_ work: @escaping @Sendable (Input) -> Output) {
    locked { threads += 1 }
    let thread = Thread {
      while let (number, input) = self.next() {
        let output = work(input)
        self.locked {
          self.done[number] = output
          self.condition.broadcast()
        }
      }
    }
    thread.name = "recordings"
    thread.start()
  }

  /// Waits for something to do; nil, for the last time, once the bench is closed.
  private func next() -> (number: Int, input: Input)? {
    locked {
      while waiting.isEmpty && !isClosed { condition.wait() }
      if !isClosed { return waiting.removeFirst() }
      threads -= 1
      condition.broadcast()
      return nil
    }
  }

  func submit(_ input: Input, number: Int) {
    locked {
      waiting.append((number, input))
      condition.broadcast()
    }
  }

  func result(number: Int) -> Output {
    locked {
      while true {
        if let output = done.removeValue(forKey: number) { return output }
        condition.wait()
      }
    }
  }

  /// Takes no more, and waits for the threads to end.
  func close() {
    locked {
      isClosed = true
      condition.broadcast()
      while threads > 0 { condition.wait() }
    }
  }
}
