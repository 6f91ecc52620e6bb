import ArgumentParser
import CallIngest
import CallModel
import CallReports
import CallStore
import CallWork
import FoundationEssentials
import Glibc
import Synchronization

/// `talkspurt ingest`.
struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Analyses the new and changed recordings of a share and keeps them in a store.",
    discussion: """
      The nightly batch. A recording is skipped when the store has it with the same path, size and \
      time, analysed by the same version with the same settings. One that was only moved is known \
      again by its content, and of hard links and copies one counts. Each call is in the store as \
      soon as it is finished: after a crash or a kill, run the same command again. SIGTERM and SIGINT \
      finish the calls in flight. A call stays in the store whatever becomes of its file, and so do the \
      facts of a source that has them no more. What several calls share is a recorded prompt; `talkspurt \
      prompts` lists them.

      Symbolic links and hidden files below a share are passed over. In GLOB, * stands for any text, \
      / included, ? for one byte, [a-z] for one of a range; with a slash it is held against the path \
      below the share, without one against each name. AGE is a number with s, m, h or d.

      Exit status: 0 all done; 1 could not do it, stopped by a signal, or a share is missing; 3 some \
      recordings failed in this run; 4 a call of this run has a finding of --fail-on; 11 another run \
      holds the store; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var failOn: FailOnOption
  @OptionGroup var isolation: IsolationOptions

  @Argument(help: ArgumentHelp("Folders with recordings, or recordings.", valueName: "share"))
  var shares: [String]

  @Option(help: ArgumentHelp("The SQLite file to keep the calls in; made if need be.", valueName: "file"))
  var store: String

  @Option(name: .shortAndLong, help: "How many recordings at a time; by default one per processor.")
  var jobs: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Only recordings like this; may be given again.", valueName: "glob"))
  var include: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "No recordings like this, and nothing in such folders; may be given again.", valueName: "glob"))
  var exclude: [String] = []

  @Option(help: ArgumentHelp("How many folders deep to look; 0 is the share alone.", valueName: "number"))
  var maxDepth: Int?

  @Flag(help: "Stay on the file system of the share.")
  var oneFileSystem = false

  @Option(
    help: ArgumentHelp(
      "Leave what was written to so lately to a later run: the call may still go on.", valueName: "age"))
  var minAge: Age?

  @Option(
    help: ArgumentHelp(
      "Pass over calls that began longer ago; where that is not known, files last written to longer ago.",
      valueName: "age"))
  var maxAge: Age?

  @Flag(help: "Analyse again what is known; a run that is cut short begins anew.")
  var reanalyse = false

  @Flag(help: "Go on where more than a tenth of the calls would be analysed anew, as after other settings.")
  var acceptSettings = false

  @Flag(help: "Go on although the store contradicts this machine's clock.")
  var acceptClock = false

  @Flag(help: "Take an empty share for what it is, where recordings of it are known.")
  var allowEmpty = false

  @Flag(help: "At the end, one line of JSON with the counts on standard output.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "At the end, write figures of the run for Prometheus to this file.",
      discussion: "A file NAME.prom in the folder that node_exporter's textfile collector reads.",
      valueName: "file"))
  var metrics: String?

  func validate() throws {
    if let jobs, jobs < 1 { throw ValidationError("--jobs is 1 or more.") }
    if let maxDepth, maxDepth < 0 { throw ValidationError("--max-depth is 0 or more.") }
    if isNamedLikeRecording(store) {
      throw ValidationError(
        "--store \(store) is named like a recording; name it something like calls.sqlite.")
    }
  }

  func run() throws {
    let options = try common.pipelineOptions()
    let shares = RecordingPath.given(shares).map(\.absolute)
    var selection = ShareSelection()
    selection.include = RecordingPath.given(include).map(\.bytes)
    selection.exclude = RecordingPath.given(exclude).map(\.bytes)
    selection.maximumDepth = maxDepth
    selection.staysOnFileSystem = oneFileSystem
    selection.minimumAge = minAge?.seconds ?? 0
    selection.maximumAge = maxAge?.seconds
    let style = PageStyle(
      environment: ProcessInfo.processInfo.environment, isTerminal: StandardStream.error.isTerminal)
    let result = try sayingWhyNot {
      try CallStore.writing(to: store) { calls in
        if maxAge != nil, !acceptClock { try checkClock(of: calls) }
        try checkSettings(options, in: calls)
        stopOnSignals()
        return try isolation.analysing(common, options, shares: shares, keepingLandmarks: true) { analyse in
          try ingest(
            shares, into: calls, options: options, selection: selection, style: style, analyse: analyse)
        }
      }
    }
    if !common.quiet { StandardStream.log(result.logLine, text: result.sentence + result.promptSentence) }
    try report(result)
  }

  private func ingest(
    _ shares: [RecordingPath], into calls: CallStore, options: PipelineOptions, selection: ShareSelection,
    style: PageStyle, analyse: @escaping @Sendable (ShareEntry) throws -> RecordingAnalysis
  ) throws -> IngestResult {
    var bar: ProgressBar?
    defer { bar?.finish() }
    return try CallIngest.ingest(
      shares, into: calls, options: options, selection: selection,
      reanalysing: reanalyse, mayBeEmpty: allowEmpty,
      jobs: jobs ?? max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))),
      shouldStop: { stopIsAsked.load(ordering: .relaxed) },
      progress: { progress in
        bar = bar ?? ProgressBar(isQuiet: common.quiet, besideLines: false)
        if let failure = progress.failure, !common.quiet {
          bar?.finish()
          let text = "talkspurt: " + failureSentence(failure, style: style)
          StandardStream.log(LogLine(failure), text: text)
        }
        bar?.advance(of: progress.total)
      },
      analyse: { entry, _ in try analyse(entry) })
  }

  /// Refuses settings under which more than a tenth of the calls would be analysed anew, unless they are accepted: most
  /// often `--config` was forgotten. A user at a terminal is asked.
  private func checkSettings(_ options: PipelineOptions, in calls: CallStore) throws {
    guard !acceptSettings, !reanalyse else { return }
    let (anew, all) = try calls.callsAnalysedAnew(
      under: [options.analysis] + options.sources.map(\.analysis))
    guard 10 * anew > all else { return }
    let sentence =
      "Under these settings \(anew) of \(all) calls would be analysed anew, as after an update. Was --config forgotten?"
    if isatty(STDIN_FILENO) != 0, StandardStream.error.isTerminal {
      StandardStream.tell("\(sentence) Go on? [y/N] ")
      if readLine()?.lowercased().hasPrefix("y") == true { return }
      throw ExitCode(1)
    }
    StandardStream.complain("\(sentence) Otherwise give --accept-settings.")
    throw ExitCode(1)
  }

  /// Writes what the run came to, and ends with its status.
  private func report(_ result: IngestResult) throws {
    if let metrics {
      let text = prometheusText(result, ended: Date(), storeBytes: fileSize(store) ?? 0)
      // Prometheus' exporter is another user; there is nothing about a call in it.
      try sayingWhyNot { try writingOutput(to: metrics, permissions: 0o644) { try $0(text) } }
    }
    if json { print(try jsonText(result)) }
    for complaint in result.notes.complaints { StandardStream.complain(complaint) }
    for share in result.notes.missingShares {
      let why = share.isThere ? "it is empty, or went away" : String(cString: strerror(errno))
      StandardStream.complain(
        "\(share.text): \(why): is it mounted? What is known of its recordings stays, and what was not seen is left to"
          + " the next run.")
    }
    if result.stopped || !result.notes.missingShares.isEmpty || result.isBlind { throw ExitCode(1) }
    try failOn.status(found: Set(result.findings.keys), failures: result.counts.failed > 0 ? 3 : nil)
      .throwUnlessSuccess()
  }
}

/// The size of a file in bytes; nil where there is none.
func fileSize(_ path: String) -> Int? {
  var status = stat()
  return stat(path, &status) == 0 ? Int(status.st_size) : nil
}

/// Runs `body`, which uses a store; a refusal becomes its sentence and its exit status.
func sayingWhyNot<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as StoreError {
    StandardStream.complain(error.description)
    if case .heldByAnotherRun = error { throw ExitCode(11) }
    throw ExitCode(1)
  } catch let error as WorkerFailure {
    StandardStream.complain(error.description)
    throw ExitCode(1)
  } catch let error as OutputRefusal {
    StandardStream.complain(error.description)
    throw ExitCode(1)
  }
}

/// Whether the run was asked to end.
private let stopIsAsked = Atomic(false)

/// The first SIGINT or SIGTERM asks the run to end, the second one ends the program.
private func stopOnSignals() {
  _ = stopIsAsked.load(ordering: .relaxed)  // made now, not in the handler
  var action = sigaction()
  action.__sigaction_handler.sa_handler = { _ in stopIsAsked.store(true, ordering: .relaxed) }
  action.sa_flags = CInt(bitPattern: UInt32(SA_RESTART) | UInt32(SA_RESETHAND))
  for signal in [SIGINT, SIGTERM] { sigaction(signal, &action, nil) }
}
