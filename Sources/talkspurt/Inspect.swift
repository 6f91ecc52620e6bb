import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallReports
import CallReview
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

      With --html, one call becomes a page for the browser that needs nothing else: what went wrong, where it lies in \
      both parties' waveforms, and with --embed-audio the sound. With --store, calls are named by their number, path or \
      SHA-256 there and shown as they stand there.
      """)

  /// What a call is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, rttm, audacity, textgrid, webvtt, aws, waveform
  }

  @Argument(help: ArgumentHelp("The recording, or with --store its number there.", valueName: "call"))
  var calls: [String]

  @Option(help: ArgumentHelp("What to write; see above.", valueName: "format"))
  var format = Format.text

  @Option(help: ArgumentHelp("Take calls from this store.", valueName: "file"))
  var store: String?

  @Option(help: ArgumentHelp("Write one call as a page into this file.", valueName: "file"))
  var html: String?

  @Flag(help: "Put the sound into the page, as WAV: 2.6 MB a minute of two channels at 8 kHz.")
  var embedAudio = false

  @OptionGroup var common: CommonOptions
  @OptionGroup var failOn: FailOnOption

  func validate() throws {
    if html != nil, calls.count > 1 {
      throw ValidationError("--html takes one call; run it once for each.")
    }
    if html != nil, format != .text { throw ValidationError("Give either --format or --html.") }
    if embedAudio, html == nil { throw ValidationError("--embed-audio goes with --html.") }
    if store != nil, common.agent != nil {
      throw ValidationError("--agent is for recordings; calls of a store stand there with their roles.")
    }
  }

  func run() throws {
    let options = try common.pipelineOptions()
    StandardStream.ignoreBrokenPipe()
    try sayingWhyNot {
      let source = try CallSource(calls, store: store, options: options)
      var failed = 0
      var found: Set<Finding.Code> = []
      var separator = ""
      for index in calls.indices {
        var page: String?
        do {
          let call = try source.call(at: index)
          found.formUnion(call.findings.map(\.code))
          page = try text(
            of: call, at: format == .waveform ? source.sound(at: index) : source.path(at: index),
            limits: options.limits)
        } catch let failure as CallFailure {
          failed += 1
          page = try text(of: failure)
        } catch let unknown as UnknownCall {
          failed += 1
          StandardStream.complain(unknown.description)
        }
        guard let page else { continue }
        guard try StandardStream.output.write(Array((separator + page).utf8)) else { break }
        separator = format == .rttm ? "" : "\n"
      }
      for complaint in source.complaints { StandardStream.complain(complaint) }
      let failures: Int32? = failed == 0 ? nil : failed == calls.count ? 1 : 3
      try failOn.status(found: found, failures: failures).throwUnlessSuccess()
    }
  }

  /// What standard output gets of a call; nil where a page of HTML is written instead.
  private func text(of call: CallSummary, at path: RecordingPath, limits: ReadingLimits) throws -> String? {
    if let html {
      try writePage(of: call, at: path, limits: limits, to: html)
      return nil
    }
    return switch format {
    case .text: inspectPage(call, style: .of(.output))
    case .json: try jsonText(call, spaced: true) + "\n"
    case .rttm: rttm(call)
    case .audacity: audacityLabels(call)
    case .textgrid: textGrid(call)
    case .webvtt: webVTT(call)
    case .aws: try callAnalytics(call)
    case .waveform: try jsonText(Waveform(of: path, limits: limits)) + "\n"
    }
  }

  /// The same of a failure, which standard error tells unless it is wanted as JSON.
  private func text(of failure: CallFailure) throws -> String? {
    if format == .json { return try jsonText(failure, spaced: true) + "\n" }
    StandardStream.log(LogLine(failure), text: failureSentence(failure, style: .of(.error)))
    if let html { try writingOutput(to: html) { try $0(failurePage(failure)) } }
    return nil
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

  /// What the reader of a stream can show.
  static func of(_ stream: StandardStream) -> PageStyle {
    PageStyle(environment: ProcessInfo.processInfo.environment, isTerminal: stream.isTerminal)
  }
}
