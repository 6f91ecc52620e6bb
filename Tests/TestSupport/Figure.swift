/// One value of a call summary: a number, a word, or a list of numbers.
public enum Figure: Hashable, Sendable {
  case nothing
  case flag(Bool)
  case number(Double)
  case text(String)
  case numbers([Double])
}

extension Figure: Codable {
  /// Reads any of the kinds.
  public init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .nothing
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else {
      self = .numbers(try value.decode([Double].self))
    }
  }

  /// Writes the value as JSON has it.
  public func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .nothing: try value.encodeNil()
    case .flag(let flag): try value.encode(flag)
    case .number(let number): try value.encode(number)
    case .text(let text): try value.encode(text)
    case .numbers(let numbers): try value.encode(numbers)
    }
  }
}

/// How far a figure may move before a test says so. The unit stands at the end of its name, as everywhere in a summary.
public struct FigureTolerance {
  /// As a share of the recorded value.
  var share = 0.0
  /// In the figure's unit.
  var absolute = 0.0
  /// Whether more is better, so that only a loss counts.
  var isScore = false

  /// The tolerance of the figure with this name; without a unit the figure is a count and must be the same.
  public init(of name: String) {
    let key = name.split(separator: ".").last { Int($0) == nil } ?? ""
    isScore = name.hasPrefix("score.")
    if isScore {
      absolute = 0.01
    } else if name.contains(".features.") || name.hasPrefix("findings.") {
      // Values of all units.
      (share, absolute) = (0.03, 0.1)
    } else if key.hasSuffix("_per_s") || key.hasSuffix("_per_min") {
      (share, absolute) = (0.03, 0.05)
    } else if key.hasSuffix("_s") || name.contains("_s.") || key == "talkspurts" {
      // Three frames, and what adds up over the talkspurts of a call.
      (share, absolute) = (0.003, 0.03)
    } else if key.hasSuffix("_db") || key.hasSuffix("_dbov") {
      absolute = 0.3
    } else if key.hasSuffix("_hz") || name.contains("_hz.") {
      share = 0.02
    } else if key.hasSuffix("_share") || key.hasSuffix("_ratio") || key == "confidence" {
      absolute = 0.01
    }
    if key == "count" { (share, absolute) = (0, 0) }
  }

  /// Whether a value is still what was recorded.
  public func allows(_ found: Figure, insteadOf recorded: Figure) -> Bool {
    switch (found, recorded) {
    case (.number(let a), .number(let b)): return allows(a, insteadOf: b)
    case (.numbers(let a), .numbers(let b)):
      return a.count == b.count && zip(a, b).allSatisfy { allows($0, insteadOf: $1) }
    default: return found == recorded
    }
  }

  private func allows(_ found: Double, insteadOf recorded: Double) -> Bool {
    let difference = isScore ? recorded - found : abs(found - recorded)
    return difference <= absolute + share * abs(recorded) + 1e-9
  }
}
