import CallAudio
import CallIngest
import CallModel
import CallStore

/// The calls that a user names, and what is known of them: from their recordings, or as a store has them.
struct CallSource {
  private let arguments: [String]
  private let paths: [RecordingPath]
  private let store: CallStore?
  private let options: PipelineOptions
  private let book: RecordBook

  /// The calls of these arguments: paths, or names of the store's where there is one.
  init(_ arguments: [String], store: String?, options: PipelineOptions) throws {
    self.arguments = arguments
    self.options = options
    self.store = try store.map { try CallStore(reading: $0) }
    paths = RecordingPath.given(arguments)
    book = RecordBook(of: store == nil ? paths : [], sources: options.sources)
  }

  /// What is wrong with records of the exchange, one sentence each.
  var complaints: [String] { book.complaints }

  /// Where a recording is.
  func path(at index: Int) throws -> RecordingPath {
    guard let store else { return paths[index] }
    return switch try outcome(at: index, in: store) {
    case .analysed(let call):
      RecordingPath(text: call.recording.path, base64: call.recording.pathBase64 ?? "")
    case .failed(let failure): RecordingPath(text: failure.path, base64: failure.pathBase64 ?? "")
    }
  }

  /// Where the sound of a call is. Throws `changed_while_reading` where the file is not the recording that the store has.
  func sound(at index: Int) throws -> RecordingPath {
    let path = try path(at: index)
    // What can't be read has its reason where it is read.
    if store != nil, let hash = contentHash(of: path), try hash != call(at: index).recording.sha256 {
      throw CallFailure.notAnalysed(path)
    }
    return path
  }

  /// What is known of a call. Throws the ``CallModel/CallFailure`` of a recording, or an ``UnknownCall``.
  func call(at index: Int) throws -> CallSummary {
    let outcome: CallOutcome
    if let store {
      outcome = try self.outcome(at: index, in: store)
    } else {
      let entry = ShareEntry.recording(paths[index], isNamed: true)
      outcome = book.describe(
        analyseRecording(entry, options: options, keepingLandmarks: false).outcome, entry,
        settings: options.settings)
    }
    switch outcome {
    case .analysed(let call): return call
    case .failed(let failure): throw failure
    }
  }

  private func outcome(at index: Int, in store: CallStore) throws -> CallOutcome {
    guard let recording = try store.recording(.given(arguments[index])) else {
      throw UnknownCall(argument: arguments[index])
    }
    return try recording.outcome()
  }
}

/// A name that a store does not know.
struct UnknownCall: Error, CustomStringConvertible {
  let argument: String
  var description: String { "The store does not know \(argument)." }
}

extension CallFailure {
  /// The file at a path is another one than a summary is about.
  static func notAnalysed(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .changedWhileReading, message: "The file is not the recording that was analysed.")
  }
}
