public import CallModel

/// The recorded prompts of a store as a table: one row a prompt.
public enum PromptsTable {
  /// The names of the columns, each with its unit; the first line of a file.
  public static let header = [
    "id", "length_s", "calls", "kind", "label", "first_path", "first_start_s", "first_path_b64",
  ]

  /// The first line of a file, with its line end.
  public static var headerLine: String { csvLine(header.map(CSVField.text)) }

  /// The fields of a prompt, in the order of `header`.
  public static func row(_ prompt: RecordedPrompt) -> [CSVField] {
    [
      .integer(Int(prompt.id)), .number(prompt.length), .integer(prompt.calls), .text(prompt.kind.rawValue),
      CSVField(prompt.label), CSVField(prompt.path), CSVField(prompt.start), CSVField(prompt.pathBase64),
    ]
  }

  /// The prompts for a person: a line for each, with the place to listen to; names are made safe to print. Empty
  /// where there are none.
  public static func page(_ prompts: [RecordedPrompt]) -> String {
    guard !prompts.isEmpty else { return "" }
    let rows =
      [["id", "length_s", "calls", "kind", "label", "example"]]
      + prompts.map { prompt in
        [
          "\(prompt.id)", fixed(prompt.length, 1), "\(prompt.calls)", prompt.kind.rawValue,
          visible(prompt.label ?? "-"),
          prompt.start.map { "\(clock($0)) \(visible(prompt.path ?? ""))" } ?? "-",
        ]
      }
    let widths = rows[0].indices.map { column in rows.map { $0[column].columns }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { $0 == row.count - 1 ? row[$0] : row[$0].left(widths[$0]) }
        .joined(separator: "  ") + "\n"
    }.joined()
  }
}
