import ArgumentParser
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
      as an object on standard output); the exit status is then 3, or 1 if all failed.
      """)

  /// What a call is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, rttm, audacity
  }

  @Argument(help: ArgumentHelp("The recording.", valueName: "call"))
  var calls: [String]

  @Option(help: "A page of text, the summary as JSON, or the talkspurts as RTTM or Audacity labels.")
  var format = Format.text

  @OptionGroup var common: CommonOptions

  func run() throws {
    let options = try common.pipelineOptions()
    let environment = ProcessInfo.processInfo.environment
    func style(_ stream: StandardStream) -> PageStyle {
      PageStyle(environment: environment, isTerminal: stream.isTerminal)
    }
    var failed = 0
    var separator = ""
    StandardStream.ignoreBrokenPipe()
    for call in RecordingPath.given(calls) {
      let outcome = analyseRecording(at: call, options: options)
      if case .failed(let failure) = outcome {
        failed += 1
        if format != .json {
          StandardStream.log(LogLine(failure), text: failureSentence(failure, style: style(.error)))
          continue
        }
      }
      let page = separator + (try text(of: outcome, style: style(.output)))
      guard try StandardStream.output.write(Array(page.utf8)) else { break }
      separator = format == .rttm ? "" : "\n"
    }
    if failed > 0 { throw ExitCode(failed == calls.count ? 1 : 3) }
  }

  private func text(of outcome: CallOutcome, style: PageStyle) throws -> String {
    switch (outcome, format) {
    case (.analysed(let call), .text): inspectPage(call, style: style)
    case (.analysed(let call), .rttm): rttm(call)
    case (.analysed(let call), .audacity): audacityLabels(call)
    case (.analysed(let call), .json): try json(call)
    case (.failed(let failure), _): try json(failure)
    }
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
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
