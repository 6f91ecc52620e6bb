import CallReports
import Crypto
import FoundationEssentials

/// The style sheet, the markup of the player and the script of the page, from the files in `Page/`.
enum PageFiles {
  /// The style sheet.
  static let style = text(PackageResources.page_css)
  /// The player: its buttons, the places for the picture, and the help.
  static let player = text(PackageResources.player_html)

  /// The modules of the script. Each stands behind those that it imports.
  private static let modules: [[UInt8]] = [
    PackageResources.times_js, PackageResources.folds_js, PackageResources.elements_js,
    PackageResources.peaks_js, PackageResources.marks_js, PackageResources.view_js,
    PackageResources.waveform_js, PackageResources.lane_js, PackageResources.picture_js,
    PackageResources.player_js,
    PackageResources.clip_js, PackageResources.notebook_js, PackageResources.desk_js,
    PackageResources.tables_js, PackageResources.keys_js, PackageResources.page_js,
  ]

  /// All modules as one, for a page that is a single file: inline modules cannot import one another, so that `import`
  /// lines go and names are no longer exported. Modules keep to one line an import and to names of their own; the
  /// browser refuses a name that is declared twice.
  static let script = modules.map { module in
    text(module).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("import ") }
      .map { $0.hasPrefix("export ") ? $0.dropFirst("export ".count) : $0 }
      .joined(separator: "\n")
  }.joined(separator: "\n")

  /// What the page may do: run this script, use this style, play the sound it holds. Nothing is loaded from anywhere.
  static func policy(withScript: Bool) -> String {
    let script = withScript ? "script-src '\(scriptHash)'; media-src blob:; " : ""
    return "default-src 'none'; \(script)style-src '\(styleHash)'; base-uri 'none'; form-action 'none'"
  }

  private static let scriptHash = hash(of: script)
  private static let styleHash = hash(of: style)

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The source expression of CSP 3 for an inline element.
  private static func hash(of text: String) -> String {
    "sha256-" + Data(SHA256.hash(data: Data(text.utf8))).base64EncodedString()
  }
}
