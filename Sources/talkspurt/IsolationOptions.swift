import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallWork
import FoundationEssentials

/// Where the recordings of a batch are analysed.
struct IsolationOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Analyse in this process, for debugging.",
      discussion: "By default workers do it, so that a recording that crashes one is a failure of its own."))
  var inProcess = false

  /// A recording that a worker waits for, as on a share that hangs, is given up after so many times the processor time of
  /// a step (our judgement: a machine with ten times as much work still finishes). It is tried again in the next run.
  private static let deadlineFactor = 10
  /// More shares than this, as names of single recordings, are not given to workers: a command line has 128 KiB for an
  /// argument and a quarter of the stack for all (execve(2)); 64 paths of 4096 bytes fit.
  private static let maximumShares = 64

  /// Runs `body` with a function that gives the outcome of a recording, and throws a ``WorkerFailure`` where no worker can
  /// be started. The workers end with it.
  ///
  /// - Parameter shares: all that a worker may read.
  func analysing<Result>(
    _ common: CommonOptions, _ options: PipelineOptions, shares: [RecordingPath], keepingLandmarks: Bool,
    _ body: (_ analyse: @escaping @Sendable (ShareEntry) throws -> RecordingAnalysis) throws -> Result
  ) throws -> Result {
    if inProcess {
      return try body { analyseRecording($0, options: options, keepingLandmarks: keepingLandmarks) }
    }
    let patience = max(1, min(options.limits.patienceS, 86_400))
    let pool = WorkerPool(
      common.workerCommand(
        shares: shares.count > Self.maximumShares ? [] : shares.filter { !$0.bytes.isEmpty },
        keepingLandmarks: keepingLandmarks),
      environment: workerEnvironment(ProcessInfo.processInfo.environment), hello: options.hello,
      patience: patience, shortestDeadline: Self.deadlineFactor * patience)
    defer { pool.endWorkers() }
    return try body { entry in
      switch entry {
      case .recording(let path, let isNamed):
        let row = try pool.row(for: path, followsLinks: isNamed)
        return RecordingAnalysis(row.outcome, landmarks: row.landmarks)
      case .failure(let failure, _): return RecordingAnalysis(.failed(failure))
      }
    }
  }
}

extension CommonOptions {
  /// This program, whatever its file is called by now, as a worker with these settings.
  fileprivate func workerCommand(shares: [RecordingPath], keepingLandmarks: Bool) -> [[UInt8]] {
    var words = ["/proc/self/exe", "worker", "--protocol", "\(WorkerHello.protocolVersion)"]
    words.append(keepingLandmarks ? "--landmarks" : "--no-landmarks")
    if let config { words.append("--config=\(config)") }
    if let agent { words.append("--agent=\(agent.rawValue)") }
    // A worker reads the second leg of a recording that was named as well.
    let readable = shares.flatMap { [$0] + [$0.otherLeg(from: "-in", to: "-out")].compactMap(\.self) }
    return words.map { Array($0.utf8) } + readable.map { Array("--share=".utf8) + $0.bytes }
  }
}

/// A worker that crashes is not to start a debugger, which holds its streams open.
private func workerEnvironment(_ environment: [String: String]) -> [[UInt8]] {
  let variables = environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
  return variables.map { Array("\($0.key)=\($0.value)".utf8) }
}

extension PipelineOptions {
  /// What a worker with these options says first.
  var hello: WorkerHello {
    WorkerHello(
      version: analysis.version, settingsHash: analysis.settingsHash,
      sourceHashes: sources.map(\.analysis.settingsHash))
  }
}
