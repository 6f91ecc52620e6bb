public import CallModel
import FoundationEssentials
import Glibc
import Synchronization

/// Worker processes that analyse recordings, as many as threads ask at a time. A recording that crashes two workers, or on
/// which one comes no further, is a failure; the next one gets a new worker.
public final class WorkerPool: Sendable {
  private let command, environment: [[UInt8]]
  private let hello: WorkerHello
  private let patience, shortestDeadline: Int
  private let idle = Mutex<[WorkerProcess]>([])
  private let items = Atomic(0)

  /// In seconds: a machine under load starts a worker in less than one.
  private static let timeToStart = 60
  /// A share that gives fewer bytes in a second, over a whole recording, does not work: sound of two channels has 32,000.
  private static let slowestBytesPerS = 32 << 10

  /// Workers are started when they are needed. From now on, writing to a closed pipe fails instead of ending this program,
  /// and what it starts can be waited for, whatever its own parent set up.
  ///
  /// - Parameters:
  ///   - command: the program, by its path, and its arguments.
  ///   - environment: `NAME=value`.
  ///   - hello: what each worker must say first.
  ///   - patience: the processor time that a worker may take for a step, in seconds.
  ///   - shortestDeadline: how long a worker may take for the shortest recording, in seconds, waiting included.
  public init(
    _ command: [[UInt8]], environment: [[UInt8]], hello: WorkerHello, patience: Int, shortestDeadline: Int
  ) {
    (self.command, self.environment, self.hello) = (command, environment, hello)
    (self.patience, self.shortestDeadline) = (patience, shortestDeadline)
    signal(SIGPIPE, SIG_IGN)
    signal(SIGCHLD, SIG_DFL)
  }

  /// What a worker says of the sound of a recording.
  /// - Throws: where no worker can be started, or it is another program.
  public func row(for path: RecordingPath, followsLinks: Bool) throws(WorkerFailure) -> WorkRow {
    let number = items.add(1, ordering: .relaxed).newValue
    let item = WorkItem(id: .number(number), path: path, followsLinks: followsLinks)
    // A second leg has as many bytes.
    let seconds = shortestDeadline + 2 * (size(of: path) ?? 0) / Self.slowestBytesPerS
    guard let line = try? jsonLine(item) else { preconditionFailure("a path is text or bytes") }
    for isLast in [false, true] {
      let worker = try takeWorker()
      let answer = worker.answer(to: line, within: seconds)
      if case .line(let bytes) = answer,
        let row = try? JSONDecoder().decode(WorkRow.self, from: Data(bytes)), row.id == item.id
      {
        idle.withLock { $0.append(worker) }
        return row
      }
      switch answer {
      // What the recording before left behind may stand in front of the row.
      case .line where !isLast, .garbled where !isLast: continue
      // A loop is one again. Another end may come from outside, as where memory was short: the recording is not to blame
      // before it ended two workers.
      case .ended(let ending) where !isLast && ending != .signal(SIGXCPU): continue
      case .ended(let ending):
        return WorkRow(id: item.id, outcome: .failed(.ended(ending, path, patience: patience)))
      case .late: return WorkRow(id: item.id, outcome: .failed(.late(path, seconds: seconds)))
      case .line, .garbled: return WorkRow(id: item.id, outcome: .failed(.garbled(path)))
      }
    }
    preconditionFailure("the last attempt has an outcome")
  }

  /// Ends the workers that have nothing to do, and waits for that.
  public func endWorkers() { idle.withLock { $0 = [] } }

  private func takeWorker() throws(WorkerFailure) -> WorkerProcess {
    if let worker = idle.withLock({ $0.popLast() }) { return worker }
    let worker = try WorkerProcess(command, environment: environment)
    let answer = worker.answer(within: Self.timeToStart)
    guard case .line(let bytes) = answer else { throw .silent(worker, answer) }
    guard let said = try? JSONDecoder().decode(WorkerHello.self, from: Data(bytes)), said == hello else {
      throw WorkerFailure("The settings, or the program, have changed since the run began; run it again.")
    }
    return worker
  }

  private func size(of path: RecordingPath) -> Int? {
    var status = stat()
    let name = path.bytes.map(CChar.init(bitPattern:)) + [0]
    return unsafe stat(name, &status) == 0 ? Int(status.st_size) : nil
  }
}

extension WorkerFailure {
  /// A worker that did not say who it is.
  fileprivate static func silent(_ worker: WorkerProcess, _ answer: WorkerProcess.Answer) -> WorkerFailure {
    let how =
      switch answer {
      case .ended(.status(let status)): "it ended with status \(status)"
      case .ended(.signal(let signal)): "signal \(signal) ended it"
      case .late: "it did not answer"
      case .garbled, .line: "its answer cannot be read"
      }
    let said = String(
      decoding: worker.complaint.split(separator: UInt8(ascii: "\n")).last ?? [], as: UTF8.self)
    return WorkerFailure(
      "A process for the analysis could not be used: \(how)" + (said.isEmpty ? "." : ", and said: \(said)"))
  }
}
