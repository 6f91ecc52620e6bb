import CMalloc
import Foundation

/// Keeps the memory that one recording used for the next: returning pages to the system and getting them
/// again costs a tenth of an analysis.
public func keepMemoryBetweenRecordings() {
  _ = (mallopt(M_MMAP_THRESHOLD, 32 << 20), mallopt(M_TRIM_THRESHOLD, 256 << 20))
}

/// Applies `work` to each of `inputs` on `jobs` threads of their own, and passes the results to `deliver` on
/// the calling thread, in the order of the inputs: as soon as the next one is there, with those after it that are there
/// as well. So what `deliver` waits for, as the disk, is waited for once a group, and no result waits for others.
///
/// Threads of their own, because the work blocks in reads. At most eight results for each thread wait for an
/// earlier one that takes long; `inputs` is read no further. Returns when all work that was started has
/// ended.
///
/// - Parameters:
///   - jobs: how many threads, at least one.
///   - deliver: takes at least one result and says whether to go on; what it throws ends the run too.
public func mapInOrder<Input: Sendable, Output: Sendable>(
  _ inputs: some Sequence<Input>, jobs: Int, _ work: @escaping @Sendable (Input) -> Output,
  deliver: ([Output]) throws -> Bool
) rethrows {
  keepMemoryBetweenRecordings()
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
    let outputs = bench.results(from: delivered)
    delivered += outputs.count
    guard try deliver(outputs) else { return }
  }
}

/// The inputs and outputs that the threads share. Everything in it is used only with `condition` locked,
/// which makes it safe to share.
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

  /// Waits for the next input; nil once the bench is closed.
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

  /// Waits for the result of this number; returns it with those that follow and are there.
  func results(from number: Int) -> [Output] {
    locked {
      while done[number] == nil { condition.wait() }
      var outputs: [Output] = []
      while let output = done.removeValue(forKey: number + outputs.count) { outputs.append(output) }
      return outputs
    }
  }

  /// Takes no more inputs, and waits for the threads to end.
  func close() {
    locked {
      isClosed = true
      condition.broadcast()
      while threads > 0 { condition.wait() }
    }
  }
}
