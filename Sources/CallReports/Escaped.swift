/// How a medium writes text from outside: names, metadata, messages that hold them.
public protocol Medium: Sendable {
  /// `text` so that a reader of the medium shows it and does nothing else with it. Works on Unicode scalars: a
  /// `Character` may hide a `<` behind a combining mark (UAX #29), and byte-wise readers see it.
  static func escape(_ text: String) -> String
}

/// Text of one medium. Literals go out as they are written; a `String` that is put in is text from outside,
/// wherever it comes from, and is escaped: nothing has to be remembered where a page is written.
///
///     let cell: Escaped<HTML> = "<td>\(call.agent)</td>"
public struct Escaped<To: Medium>: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The text as the medium takes it.
  public private(set) var text: String

  /// Markup of ours.
  public init(stringLiteral value: String) { text = value }

  /// Markup of ours with text from outside.
  public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Markup that a file of ours holds, as a style sheet or a script. Nothing of it may come from outside.
  package init(ofOurs text: String) { self.text = text }

  /// Puts literals and values together.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Makes room.
    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    /// Takes markup of ours.
    public mutating func appendLiteral(_ literal: String) { text += literal }

    /// Takes text from outside.
    public mutating func appendInterpolation(_ outside: String) { text += To.escape(outside) }

    /// Takes a count.
    public mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// Takes what is escaped already.
    public mutating func appendInterpolation(_ escaped: Escaped) { text += escaped.text }
  }

  package static func += (to: inout Escaped, more: Escaped) { to.text += more.text }
  package static func + (first: Escaped, second: Escaped) -> Escaped { "\(first)\(second)" }
}

extension Sequence {
  /// All of them, one after the other.
  package func joined<To: Medium>() -> Escaped<To> where Element == Escaped<To> {
    reduce(into: "") { $0 += $1 }
  }
}
