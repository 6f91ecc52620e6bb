import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallReports
import CallReview

/// `talkspurt clip`.
struct Clip: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cuts a moment out of a recording, as a WAV that every player plays.",
    discussion: """
      The moment begins at --at, or 4 s before a finding; --finding takes the number that `inspect --html` shows, 1 for \
      the first. The samples are those of the recording, as 16-bit PCM with all its channels. A file that is there \
      already is not replaced.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The recording, or with --store its number there.", valueName: "call"))
  var call: String

  @Option(help: ArgumentHelp("Where it begins, as in 12.3 or 1:50.", valueName: "time"))
  var at: Moment?

  @Option(
    help: ArgumentHelp("The finding to be heard, from 4 s before it to 1 s behind it.", valueName: "number"))
  var finding: Int?

  @Option(help: ArgumentHelp("How long it is, in seconds; 10 with --at.", valueName: "seconds"))
  var length: Moment?

  @Option(help: ArgumentHelp("The store that has the call.", valueName: "file"))
  var store: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The WAV to write.", valueName: "file"))
  var output: String

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if (at == nil) == (finding == nil) { throw ValidationError("Give either --at or --finding.") }
    if let finding, finding < 1 { throw ValidationError("--finding is 1 or more.") }
    if let length, length.seconds < 0.001 { throw ValidationError("--length is 0.001 or more.") }
    if output == "-" { throw ValidationError("--output names a file that is not there yet.") }
  }

  func run() throws {
    let options = try common.pipelineOptions()
    try sayingWhyNot {
      do {
        let source = try CallSource([call], store: store, options: options)
        let stretch = try finding.map { try self.stretch(ofFinding: $0, in: source.call(at: 0)) }
        try cut(stretch ?? given, from: source.sound(at: 0), limits: options.limits)
      } catch let failure as CallFailure {
        StandardStream.log(LogLine(failure), text: failureSentence(failure, style: .of(.error)))
        throw ExitCode(1)
      } catch let unknown as UnknownCall {
        StandardStream.complain(unknown.description)
        throw ExitCode(1)
      }
    }
  }

  /// The stretch of --at and --length, in seconds.
  private var given: TimeRange {
    let start = at?.seconds ?? 0
    return TimeRange(start, start + (length?.seconds ?? 10))
  }

  private func stretch(ofFinding number: Int, in call: CallSummary) throws -> TimeRange {
    let findings = call.findingsByWeight
    guard number <= findings.count else {
      throw OutputRefusal(
        "The call has \(findings.count == 1 ? "one finding" : "\(findings.count) findings"), not \(number).")
    }
    let finding = findings[number - 1]
    let start = max(0, finding.start - Self.leadIn)
    return TimeRange(start, length.map { start + $0.seconds } ?? finding.end + Self.leadOut)
  }

  /// Who hears a finding needs what led to it, as on the page, and a moment to see that it is over, in seconds.
  private static let leadIn = 4.0, leadOut = 1.0

  private func cut(_ stretch: TimeRange, from path: RecordingPath, limits: ReadingLimits) throws {
    var reader = try RecordingReader(opening: path, limits: limits)
    let (rate, channels) = (Double(reader.sampleRate), reader.channels)
    let first = Int(min(stretch.start, 1e9) * rate)
    let last = min(Int(min(stretch.end, 1e9) * rate), first + WaveFile.mostBytes / channels / 2 + 1)
    var bytes: [UInt8] = []
    try reader.forEachBlock(in: first..<max(first, last)) { block in
      bytes += WaveFile.bytes(of: block, channels: channels, taken: Array(0..<channels))
    }
    guard !bytes.isEmpty else { throw OutputRefusal("The recording ends before \(clock(stretch.start)).") }
    guard bytes.count <= WaveFile.mostBytes else {
      throw OutputRefusal("That is too long for a WAV; give a smaller --length.")
    }
    let header = WaveFile.header(
      sampleRate: reader.sampleRate, channels: channels, frames: bytes.count / channels / 2)
    try writingNewFile(at: output) { try $0(header + bytes) }
    guard !common.quiet else { return }
    let seconds = Double(bytes.count / channels / 2) / rate
    StandardStream.inform("\(output): \(clock(stretch.start)) to \(clock(stretch.start + seconds)).")
  }
}
