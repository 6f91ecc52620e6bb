import Glibc

/// A line on standard error with the progress of a run; nothing where that is no terminal.
struct ProgressBar {
  private let isShown: Bool
  private var done = 0
  private var drawn: ContinuousClock.Instant?

  /// `isQuiet`: no bar; `besideLines`: each recording is a line of output.
  init(isQuiet: Bool, besideLines: Bool = true) {
    // Where output goes to the same terminal, the lines themselves show the progress.
    isShown =
      !isQuiet && LogFormat.current == .text && isatty(STDERR_FILENO) != 0
      && !(besideLines && isatty(STDOUT_FILENO) != 0)
  }

  /// One more recording of `total` is done. Draws ten times a second at most.
  mutating func advance(of total: Int) {
    done += 1
    guard isShown else { return }
    let now = ContinuousClock.now
    if let drawn, done < total, now - drawn < .milliseconds(100) { return }
    drawn = now
    let width = 30
    let filled = total > 0 ? done * width / total : width
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
    StandardStream.tell("\r[\(bar)] \(done) of \(total)")
  }

  /// Wipes the bar.
  func finish() {
    if isShown { StandardStream.tell("\r\u{1B}[K") }
  }
}
