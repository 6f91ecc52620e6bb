public import CallModel
import CallReports

/// One call as a page that needs nothing else: what went wrong, where it lies, the figures, and the sound if it is to be
/// in it.
public struct CallPage {
  let call: CallSummary
  let sound: PageSound?
  let soundNote: String?

  /// The page of `call`.
  ///
  /// - Parameters:
  ///   - sound: its picture and perhaps the sound itself; nil where the recording is out of reach.
  ///   - soundNote: why there is no picture, or no sound though it was asked for, as a sentence.
  public init(_ call: CallSummary, sound: PageSound?, soundNote: String? = nil) {
    self.call = call
    self.sound = sound
    self.soundNote = soundNote
  }

  /// Writes the page piece by piece: the sound is never in memory as a whole.
  public func write(to write: (String) throws -> Void) throws {
    try write(pageHead(title: title, script: true).text)
    try write(body.text)
    try write(("\(data)" as Escaped<HTML>).text)
    try write("<script type=\"module\">\(PageFiles.script)</script>\n")
    if let sound, sound.source != nil {
      try write("<script type=\"application/octet-stream\" id=\"sound\">")
      try sound.write(to: write)
      try write("</script>\n")
    }
    try write("</body>\n</html>\n")
  }

  /// The name of the file, as a tab or a bookmark shows it.
  private var title: String { "\(RecordingPath(call.recording.path).name.text): call review" }

  private var body: Escaped<HTML> {
    var body = header
    body += picture
    body += "<main class=\"columns\">\n<div>\n\(findings)\(moments)\(sentences)</div>\n"
    body += "<div>\n\(figures)\(unknown)</div>\n</main>\n"
    return body + footer
  }

  private var picture: Escaped<HTML> {
    var text: Escaped<HTML> =
      "<noscript><p class=\"card note\">The picture and the sound need JavaScript; all else is below.</p></noscript>\n"
    if let soundNote { text += "<p class=\"card note\" id=\"sound-note\">\(soundNote)</p>\n" }
    return text + Escaped(ofOurs: PageFiles.player)
  }

  private var footer: Escaped<HTML> {
    let recording = call.recording
    return """
      <footer>
      <p>\(recording.path)</p>
      <p>\(CallSentences(call).format), \(CallSentences(call).status), \(recording.bytes) bytes. SHA-256 \
      \(recording.sha256)</p>
      <p>Talkspurt \(call.analysis.version), settings \(call.analysis.settingsHash). It measures sound, not \
      intentions: a finding is evidence with a place to listen to.</p>
      </footer>

      """
  }
}

/// A recording that could not be analysed, as a page: its name, the sentence, what can be done.
public func failurePage(_ failure: CallFailure) -> String {
  let page: Escaped<HTML> = """
    \(pageHead(title: "\(RecordingPath(failure.path).name.text): not analysed", script: false))\
    <header>
    <p class="kicker">Not analysed</p>
    <h1 class="verdict alert">\(failure.error.message)</h1>
    <p class="path">\(failure.path)</p>
    </header>
    <p class="card note">Nothing of this recording is measured, and no figure stands for it anywhere. The code for \
    machines is <code>\(failure.error.code.rawValue)</code>.</p>
    </body>
    </html>

    """
  return page.text
}

/// All that stands before the content. The policy is the first that a browser reads.
private func pageHead(title: String, script: Bool) -> Escaped<HTML> {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta http-equiv="Content-Security-Policy" content="\(PageFiles.policy(withScript: script))">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="referrer" content="no-referrer">
  <title>\(title)</title>
  <style>\(Escaped(ofOurs: PageFiles.style))</style>
  </head>
  <body>

  """
}
