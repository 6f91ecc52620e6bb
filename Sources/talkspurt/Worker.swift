import ArgumentParser
import CallAudio
import CallIngest
import CallModel
import CallWork
import Glibc

/// `talkspurt worker`.
struct Worker: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Analyses the recordings that it is told on standard input, for a program that hands out work.",
    discussion: """
      Each line of the input is an item, an object with an id, a path, or path_b64 where that is not UTF-8, \
      given_length where what follows so many bytes of the path is opened through no symbolic link, and follow_links \
      where a symbolic link is to be followed; other keys are passed over. The first line of the output has \
      the version and the hashes of the settings; then each item gives one line, in their order, written at once: \
      id, status (ok or the code of the failure), and call or failure. It ends with its input, and with the process that \
      started it. A recording that crashes it ends it without a row.

      It can read the shares that are given, or any file where none is, write nothing, and reach no network, as far as the kernel knows how.

      Exit status: 0 all items have their row; 1 it cannot go on; 64 wrong usage.
      """)

  @OptionGroup var common: CommonOptions

  @Option(
    name: .customLong("protocol"), help: ArgumentHelp("The form of items and rows: 1.", valueName: "number"))
  var protocolVersion: Int

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "A folder, or a file, to be read; may be given again. By default any file.", valueName: "share"))
  var share: [String] = []

  @Flag(
    inversion: .prefixedNo, help: "Rows with the landmarks by which `talkspurt prompts` knows recordings.")
  var landmarks = true

  func validate() throws {
    guard protocolVersion == WorkerHello.protocolVersion else {
      throw ValidationError("This version speaks --protocol \(WorkerHello.protocolVersion) only.")
    }
  }

  func run() throws {
    Confinement.endWithParent()
    let options = try common.pipelineOptions()
    StandardStream.ignoreBrokenPipe()
    keepMemoryBetweenRecordings()
    // What a library prints is no row.
    let rows = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    Confinement.begin(readable: share.isEmpty ? [RecordingPath("/")] : RecordingPath.given(share))
    try sayingWhyNot {
      try answerItems(from: STDIN_FILENO, to: rows, hello: options.hello) { item in
        let analysis = analyseRecording(
          .recording(item.path, isNamed: item.followsLinks), options: options, keepingLandmarks: landmarks
        ) { Confinement.renewProcessorTime(seconds: options.limits.patienceS) }
        return WorkRow(id: item.id, outcome: analysis.outcome, landmarks: analysis.landmarks)
      }
    }
  }
}
