public import CallModel
import Glibc

extension CallFailure {
  /// A summary that JSON has no words for.
  public static func unwritable(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .crashed,
      message: "The analysis gave a figure that is no number; please report it with the recording.")
  }

  /// The process that analysed the recording ended before its row.
  static func ended(_ ending: WorkerProcess.Ending, _ path: RecordingPath, patience: Int) -> CallFailure {
    switch ending {
    case .signal(SIGXCPU):
      CallFailure(
        path: path, code: .timeout,
        message:
          "The analysis came no further in \(patience) s of processor time; please report it with the recording."
      )
    case .signal(let signal):
      CallFailure(
        path: path, code: .crashed,
        message: "The analysis ended with \(signalName(signal)); please report it with the recording.")
    case .status(let status):
      CallFailure(
        path: path, code: .crashed,
        message: "The analysis ended with status \(status); please report it with the recording.")
    }
  }

  /// What came is no row.
  static func garbled(_ path: RecordingPath) -> CallFailure {
    CallFailure(
      path: path, code: .crashed,
      message: "The analysis gave an answer that cannot be read; please report it with the recording.")
  }

  /// There was no row in time, though the processor was not to blame.
  static func late(_ path: RecordingPath, seconds: Int) -> CallFailure {
    CallFailure(
      path: path, code: .unreadable,
      message: "The recording was not read in \(seconds) s; check the disk or the mount. It is tried again.")
  }

  private static func signalName(_ signal: Int32) -> String {
    let names = [
      SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL", SIGKILL: "SIGKILL",
      SIGSEGV: "SIGSEGV", SIGSYS: "SIGSYS", SIGTRAP: "SIGTRAP",
    ]
    return names[signal] ?? "signal \(signal)"
  }
}
