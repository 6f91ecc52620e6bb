import ArgumentParser
import CallIngest
import CallModel
import CallReports
import CallWork
import Glibc

/// `talkspurt analyze`: for machines, one line of JSON per recording.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes one JSON line per recording, in the order of the input.",
    discussion: """
      A folder is walked and its recordings are taken sorted by name. A recording that cannot be analysed is \
      a line too, with a code and a sentence. Exit status: 0 all done, 1 could not do it, 3 some recordings \
      failed, 4 a call has a finding of --fail-on, 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions
  @OptionGroup var failOn: FailOnOption
  @OptionGroup var isolation: IsolationOptions

  @Option(
    help: ArgumentHelp("Take the paths from this file, one a line; - is standard input.", valueName: "file"))
  var filesFrom: String?

  @Flag(name: .customLong("null"), help: "Paths in --files-from end in NUL, as find -print0 writes them.")
  var endInNull = false

  @Option(name: .shortAndLong, help: "How many recordings at a time; by default one per processor.")
  var jobs: Int?

  @Argument(help: ArgumentHelp("Recordings, or folders of them.", valueName: "path"))
  var paths: [String] = []

  func validate() throws {
    if paths.isEmpty == (filesFrom == nil) {
      throw ValidationError("Give either paths or --files-from.")
    }
    if endInNull, filesFrom == nil { throw ValidationError("--null goes with --files-from.") }
    if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1, as in --jobs 2.") }
  }

  func run() throws {
    let options = try common.pipelineOptions()
    let given = RecordingPath.given(paths + (filesFrom.map { [$0] } ?? []))
    let entries = findRecordings(
      under: filesFrom == nil ? given : try listedPaths(in: given[0]), limits: options.limits)
    StandardStream.ignoreBrokenPipe()
    var progress = ProgressBar(isQuiet: common.quiet)
    var failures = 0
    var found: Set<Finding.Code> = []
    let jobs = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let book = RecordBook(of: entries.lazy.map(\.path), sources: options.sources)
    let shares = filesFrom == nil ? given : []
    try sayingWhyNot {
      try isolation.analysing(common, options, shares: shares, keepingLandmarks: false) { analyse in
        try mapInOrder(entries, jobs: jobs) { entry in
          Result {
            Row(book.describe(try analyse(entry).outcome, entry, settings: options.settings), of: entry.path)
          }
        } deliver: { rows in
          for row in rows {
            let row = try row.get()
            if row.isFailure { failures += 1 }
            found.formUnion(row.findings)
            guard try StandardStream.output.write(row.line) else { return false }
            progress.advance(of: entries.count)
          }
          return true
        }
      }
    }
    progress.finish()
    for complaint in book.complaints { StandardStream.complain(complaint) }
    try failOn.status(found: found, failures: failures > 0 ? 3 : nil).throwUnlessSuccess()
  }

  /// The paths that the file at `path` lists, as bytes; empty lines are skipped.
  private func listedPaths(in path: RecordingPath) throws -> [RecordingPath] {
    let isInput = path == RecordingPath("-")
    let descriptor =
      isInput
      ? STDIN_FILENO
      : (path.bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer {
        open($0.baseAddress!, O_RDONLY | O_CLOEXEC)
      }
    defer { if !isInput, descriptor >= 0 { close(descriptor) } }
    var list: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = descriptor < 0 ? -1 : read(descriptor, &piece, piece.count)
      if count > 0 {
        list += piece[..<count]
      } else if count == 0 {
        break
      } else if descriptor < 0 || errno != EINTR {
        StandardStream.complain(
          "The list \(path.text) could not be read: \(String(cString: strerror(errno))).")
        throw ExitCode(1)
      }
    }
    return list.split(separator: endInNull ? 0 : UInt8(ascii: "\n")).map { RecordingPath(bytes: Array($0)) }
  }
}

/// One outcome as it is written.
private struct Row {
  var line: [UInt8]
  var isFailure: Bool
  var findings: [Finding.Code] = []

  init(_ outcome: CallOutcome, of path: RecordingPath) {
    do {
      line = try jsonLine(outcome)
      switch outcome {
      case .analysed(let call): (isFailure, findings) = (false, call.findings.map(\.code))
      case .failed: isFailure = true
      }
    } catch {
      line = (try? jsonLine(.failed(.unwritable(path)))) ?? []
      isFailure = true
    }
  }
}
