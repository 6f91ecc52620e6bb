/// HTML, in elements and in quoted attributes.
public enum HTML: Medium {
  /// The five characters of markup as references.
  public static func escape(_ text: String) -> String {
    replacing(in: visible(text)) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      case "'": "&#39;"
      default: nil
      }
    }
  }
}

/// Text of a cue of WebVTT, on one line.
public enum WebVTT: Medium {
  /// The characters of tags and arrows as references.
  public static func escape(_ text: String) -> String {
    replacing(in: visible(text)) { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      default: nil
      }
    }
  }
}

/// A quoted text of a TextGrid of Praat.
public enum TextGrid: Medium {
  /// Quotes doubled.
  public static func escape(_ text: String) -> String {
    replacing(in: visible(text)) { $0 == "\"" ? "\"\"" : nil }
  }
}

/// A field of RTTM: fields are parted by blanks.
public enum RTTM: Medium {
  /// `_` for blanks and whatever is invisible; never an empty field.
  public static func escape(_ text: String) -> String {
    text.isEmpty
      ? "_" : replacing(in: text) { $0.isPrintable && !$0.properties.isWhitespace ? nil : "_" }
  }
}

/// A label of an Audacity label track: fields are parted by tabs, labels by line ends.
public enum LabelTrack: Medium {
  /// Everything invisible, tabs and line ends with it, made visible.
  public static func escape(_ text: String) -> String { visible(text) }
}

/// The value of a label in Prometheus' text format 0.0.4, between quotes.
public enum PrometheusLabel: Medium {
  /// Backslash and quote escaped; what is invisible is made visible before.
  public static func escape(_ text: String) -> String {
    replacing(in: visible(text)) { scalar in
      switch scalar {
      case "\\": "\\\\"
      case "\"": "\\\""
      default: nil
      }
    }
  }
}

/// A line of standard error, for a terminal or for the journal of systemd.
public enum MessageLine: Medium {
  /// One line. systemd takes `<3>` at the beginning of a line for its priority (sd-daemon(3)).
  public static func escape(_ text: String) -> String {
    let line = visible(text)
    return line.unicodeScalars.first == "<"
      ? "\\u{3C}" + line.unicodeScalars.dropFirst().map(String.init).joined() : line
  }
}

/// A message of plain text.
enum EmailText {
  /// `page` with a blank before each line that a program on the way would obey: `~` is a command to mail(1), a
  /// single `.` ends its message, and `From ` begins the next message in a mailbox (RFC 4155).
  static func escape(_ page: String) -> String {
    var out = "", isAtStart = true
    let scalars = page.unicodeScalars
    for index in scalars.indices {
      if isAtStart,
        "~.".unicodeScalars.contains(scalars[index]) || scalars[index...].starts(with: "From ".unicodeScalars)
      {
        out += " "
      }
      out.unicodeScalars.append(scalars[index])
      isAtStart = scalars[index] == "\n"
    }
    return out
  }
}

/// `text` with what `replacement` gives for a scalar in its place.
private func replacing(in text: String, _ replacement: (Unicode.Scalar) -> String?) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    if let other = replacement(scalar) { out += other } else { out.unicodeScalars.append(scalar) }
  }
  return out
}
