import ArgumentParser
import CallIngest
import CallModel
import CallReports
import FoundationEssentials

/// `talkspurt explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Says why a moment of a call counts as speech or not: evidence and decision, channel by channel.",
    discussion: """
      The evidence is added up: each line says by how much one kind of evidence makes speech likelier (+) or less \
      likely (-), as logarithms of odds, and what was measured. Above 0 a frame of 10 ms is speech, unless the frames \
      around it say otherwise.

      Exit status: 0 all done; 1 could not do it; 64 wrong usage.
      """)

  /// What an explanation is written as.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  @Argument(help: ArgumentHelp("The recording.", valueName: "call"))
  var call: String

  @Option(help: ArgumentHelp("The moment, as in 12.3 or 1:50.", valueName: "time"))
  var at: Moment

  @Option(help: ArgumentHelp("What to write: text, json.", valueName: "format"))
  var format = Format.text

  @OptionGroup var common: CommonOptions

  func run() throws {
    let options = try common.pipelineOptions()
    StandardStream.ignoreBrokenPipe()
    for path in RecordingPath.given([call]) {
      let (summary, explanations): (CallSummary, [FrameExplanation])
      do throws(CallFailure) {
        (summary, explanations) = try explainRecording(at: path, moment: at.seconds, options: options)
      } catch {
        let style = PageStyle(
          environment: ProcessInfo.processInfo.environment, isTerminal: StandardStream.error.isTerminal)
        StandardStream.log(LogLine(error), text: failureSentence(error, style: style))
        throw ExitCode(1)
      }
      guard !explanations.isEmpty else {
        StandardStream.complain("The recording ends at \(summary.recording.duration) s, before --at.")
        throw ExitCode(1)
      }
      guard try StandardStream.output.write(Array(text(explanations, of: summary).utf8)) else { return }
    }
  }

  private func text(_ explanations: [FrameExplanation], of summary: CallSummary) throws -> String {
    format == .json ? try jsonText(explanations, spaced: true) + "\n" : explainPage(explanations, of: summary)
  }
}
