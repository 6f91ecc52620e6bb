import ArgumentParser
import CallAudio
import CallModel
import CallReports
import CallReview

extension Inspect {
  /// A browser keeps the sound twice, as text and as bytes, and stops at text of 512 MiB (V8). A page of 236 MB is ready
  /// after 6 s (our measurement).
  private static let mostEmbeddedBytes = 256_000_000

  /// Writes the page of a call. Where the sound cannot be read, which a call of a store does not need, the page says why.
  func writePage(
    of call: CallSummary, at path: RecordingPath, limits: ReadingLimits, to file: String
  ) throws {
    var sound: PageSound?
    var note: String?
    do throws(CallFailure) {
      sound = try PageSound(of: call, at: path, limits: limits, isEmbedded: embedAudio)
    } catch {
      note = "There is no picture of the sound: \(error.error.message)"
    }
    if embedAudio, let sound {
      let size = "The sound takes \(fixed(Double(sound.embeddedBytes) / 1e6, 1)) MB in the page"
      guard sound.embeddedBytes <= Self.mostEmbeddedBytes else {
        throw OutputRefusal("\(size), more than browsers take; cut moments out of it with talkspurt clip.")
      }
      if !common.quiet { StandardStream.inform("\(size).") }
    }
    try writingOutput(to: file) { write in try CallPage(call, sound: sound, soundNote: note).write(to: write)
    }
  }
}
