/// Which column of Asterisk's records holds what. The files have no version and, but for exports of databases, no
/// header: what they are is told by lines that fit.
struct AsteriskColumns: Sendable, Hashable {
  /// A column that is used.
  enum Name: String, Sendable, CaseIterable {
    case source = "src"
    case destination = "dst"
    case channel
    case destinationChannel = "dstchannel"
    case application = "lastapp"
    case data = "lastdata"
    case start, answer, end, duration
    case talk = "billsec"
    case disposition
    case uniqueID = "uniqueid"
    case linkedID = "linkedid"
  }

  /// For a sentence.
  let name: String
  /// The number of each column.
  let places: [Name: Int]
  /// What stands between columns.
  var separator: Unicode.Scalar = ","

  /// The columns by their names; those that are not used have any other name.
  init(_ name: String, _ columns: String, separator: Unicode.Scalar = ",") {
    self.name = name
    self.separator = separator
    let named = csvFields(columns).enumerated().compactMap { place, column in
      Name(rawValue: column).map { ($0, place) }
    }
    places = Dictionary(named, uniquingKeysWith: { first, _ in first })
  }

  /// Whether lines can be found by a call.
  var hasID: Bool { places[.uniqueID] != nil }

  /// The layouts of Asterisk's modules, the longer ones first: `cdr_csv.c`, with the columns that `cdr.conf` adds, and
  /// the sample of `cdr_custom.conf`.
  static let shipped: [AsteriskColumns] = {
    let csv =
      "accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags"
    let custom =
      "clid,src,dst,dcontext,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,accountcode"
    return [
      AsteriskColumns("cdr_csv", csv + ",uniqueid,userfield,peeraccount,linkedid,sequence"),
      AsteriskColumns("cdr_csv", csv + ",uniqueid,peeraccount,linkedid,sequence"),
      AsteriskColumns("cdr_csv", csv + ",uniqueid"),
      AsteriskColumns("cdr_custom", custom + ",uniqueid"),
      AsteriskColumns("cdr_csv", csv),
      AsteriskColumns("cdr_custom", custom),
    ]
  }()

  /// The columns that a line with their names describes, as exports of databases begin: parted by commas, semicolons or
  /// tabs; nil where the line is no such one.
  init?(header line: String) {
    let separators: [Unicode.Scalar] = [",", ";", "\t"]
    let fields = separators.map { csvFields(line, separator: $0) }
    guard let index = fields.indices.max(by: { fields[$0].count < fields[$1].count }) else { return nil }
    let names = fields[index].map { field in
      let name = field.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "\u{FEFF}" }
      return Self.aliases[name] ?? name
    }
    self.init("columns with names", names.joined(separator: ","), separator: separators[index])
    guard places[.source] != nil, places[.destination] != nil, places[.start] != nil else { return nil }
  }

  /// What databases call a column that Asterisk names otherwise.
  private static let aliases = ["calldate": "start", "calltime": "start", "id": "row", "callid": "uniqueid"]

  /// The first of the shipped layouts in which a line makes sense; nil where there is none.
  init?(fitting line: String) {
    let fields = csvFields(line)
    guard let layout = Self.shipped.first(where: { $0.fits(fields) }) else { return nil }
    self = layout
  }

  /// Whether the values of a line are of the kind that these columns have.
  func fits(_ fields: [String]) -> Bool {
    func value(_ name: Name) -> String { places[name].flatMap { $0 < fields.count ? fields[$0] : nil } ?? "" }
    guard Self.dispositions.contains(value(.disposition).uppercased()), Int(value(.duration)) != nil,
      Int(value(.talk)) != nil, CallTime(value(.start)) != nil
    else { return false }
    for name in [Name.uniqueID, .linkedID] where places[name] != nil {
      if Self.epoch(ofID: value(name)) == nil { return false }
    }
    return true
  }

  /// `AST_CDR_` of `cdr.h`, as words.
  private static let dispositions: Set<String> = ["ANSWERED", "NO ANSWER", "BUSY", "FAILED", "CONGESTION"]

  /// When the channel of a unique id was made, in seconds since 1970: `1784016000.42`, with the name of the system before
  /// it where `asterisk.conf` gives one. Nil for what is no unique id.
  static func epoch(ofID id: String) -> Int? {
    guard let match = id.wholeMatch(of: /(?:.*-)?(\d{9,10})\.\d+/) else { return nil }
    return Int(match.1)
  }
}
