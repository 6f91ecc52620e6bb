public import ArgumentParser
import CallAnalysis
import CallIngest
public import CallModel
import CallReports
import CallStore

/// `talkspurt prompts`.
struct Prompts: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the recorded prompts that recur in the calls of a store, or labels one.",
    discussion: """
      `ingest` finds them: the same stretch of sound in several calls is a recording. Listen to the \
      example, then say once what it is: calls in which nobody but prompts of the business is heard \
      end as system_prompt, or as voicemail where a prompt is of that kind or a beep follows.

      Exit status: 0 all done; 1 could not do it; 11 another run holds the store; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions

  @Option(help: ArgumentHelp("The store to read.", valueName: "file"))
  var store: String

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Call the prompt of this number by this text.", valueName: "id> <text"))
  var label: [String] = []

  @Option(help: "What the labelled prompt is: system_prompt, voicemail, ivr, hold_announcement.")
  var kind: PromptKind?

  func validate() throws {
    if !label.isEmpty, label.count != 2 || Int64(label[0]) == nil {
      throw ValidationError("--label takes the number of a prompt and a text, as in --label 3 \"Closed\".")
    }
    if kind != nil, label.isEmpty { throw ValidationError("--kind goes with --label.") }
  }

  func run() throws {
    let settings = try common.pipelineOptions().settings
    try sayingWhyNot {
      if label.isEmpty {
        let prompts = try CallStore(reading: store).prompts()
        try writingOutput(to: nil) { try $0(PromptsTable.page(prompts)) }
        return
      }
      _ = try CallStore(reading: store)
      try CallStore.writing(to: store) { calls in
        let isKnown = try CallIngest.label(
          prompt: Int64(label[0]) ?? 0, as: label[1], kind: kind, in: calls, settings: settings)
        guard isKnown else {
          StandardStream.complain("There is no prompt \(label[0]); `talkspurt prompts` lists them.")
          throw ExitCode(1)
        }
      }
    }
  }
}

extension PromptKind: ExpressibleByArgument {}
