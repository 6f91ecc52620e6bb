import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallReports
import FoundationEssentials

/// `talkspurt inspect`.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows one call to a person: what deserves a listener, where it lies, and the figures.",
    discussion: """
      Several calls are parted by a blank line. A recording that fails is named on standard error (with json: \
      as an object on standard output); the exit status is then 3, or 1 if all failed. It is 4 if a call has a \
      finding of --fail-on.

      Formats: text is a page to read, json the summary; rttm (NIST), audacity (labels), textgrid (Praat) and \
      webvtt (captions) tell who speaks when; aws has the keys of Amazon Transcribe Call Analytics that sound \
      can fill; waveform is the sound to be drawn, as JSON of audiowaveform.
      """)

  /// What a call is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, rttm, audacity, textgrid, webvtt, aws, waveform
  }

  @Argument(help: ArgumentHelp("The recording.", valueName: "call"))
  var calls: [String]

  @Option(help: ArgumentHelp("What to write; see above.", valueName: "format"))
  var format = Format.text

  @OptionGroup var common: CommonOptions
  @OptionGroup var failOn: FailOnOption

  func run() throws {
    let options = try common.pipelineOptions()
    let environment = ProcessInfo.processInfo.environment
    func style(_ stream: StandardStream) -> PageStyle {
      PageStyle(environment: environment, isTerminal: stream.isTerminal)
    }
    var failed = 0
    var found: Set<Finding.Code> = []
    var separator = ""
    StandardStream.ignoreBrokenPipe()
    let paths = RecordingPath.given(calls)
    let book = RecordBook(of: paths, sources: options.sources)
    for path in paths {
      let page: String
      do {
        let entry = ShareEntry.recording(path, isNamed: true)
        let outcome = analyseRecording(entry, options: options, keepingLandmarks: false).outcome
        switch book.describe(outcome, entry, settings: options.settings) {
        case .analysed(let call):
          found.formUnion(call.findings.map(\.code))
          page = try text(of: call, at: path, style: style(.output), limits: options.limits)
        case .failed(let failure): throw failure
        }
      } catch let failure as CallFailure {
        failed += 1
        guard format == .json else {
          StandardStream.log(LogLine(failure), text: failureSentence(failure, style: style(.error)))
          continue
        }
        page = try jsonText(failure, spaced: true) + "\n"
      }
      guard try StandardStream.output.write(Array((separator + page).utf8)) else { break }
      separator = format == .rttm ? "" : "\n"
    }
    for complaint in book.complaints { StandardStream.complain(complaint) }
    let failures: Int32? = failed == 0 ? nil : failed == calls.count ? 1 : 3
    try failOn.status(found: found, failures: failures).throwUnlessSuccess()
  }

  private func text(
    of call: CallSummary, at path: RecordingPath, style: PageStyle, limits: ReadingLimits
  ) throws -> String {
    switch format {
    case .text: inspectPage(call, style: style)
    case .json: try jsonText(call, spaced: true) + "\n"
    case .rttm: rttm(call)
    case .audacity: audacityLabels(call)
    case .textgrid: textGrid(call)
    case .webvtt: webVTT(call)
    case .aws: try callAnalytics(call)
    case .waveform: try jsonText(Waveform(of: path, limits: limits)) + "\n"
    }
  }
}

extension PageStyle {
  /// What the reader's terminal can show: Unicode where the locale is UTF-8, colour on a terminal unless
  /// `NO_COLOR` is set and not empty (no-color.org) or the terminal is dumb.
  init(environment: [String: String], isTerminal: Bool) {
    func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "").lowercased()
    self.init(
      unicode: locale.hasSuffix("utf-8") || locale.hasSuffix("utf8"),
      colour: isTerminal && value("NO_COLOR") == nil && value("TERM") != "dumb")
  }
}
