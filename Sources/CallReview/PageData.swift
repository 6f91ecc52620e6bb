public import CallModel
import CallReports
import FoundationEssentials

/// What the page's script reads: schema `talkspurt.page/1`.
struct PageData: Encodable {
  /// The peaks, as ``Peaks`` has them.
  struct Picture: Encodable {
    let stretch: Double
    let channels: Int
    /// base64.
    let data: String

    enum CodingKeys: String, CodingKey {
      case channels, data
      case stretch = "stretch_s"
    }
  }

  let schema = "talkspurt.page/1"
  let call: CallSummary
  /// The findings as they are listed and numbered.
  let findings: [Finding]
  /// Who is drawn, from above to below: `agent` and `customer`, or `speech`.
  let voices: [String]
  /// The place of each voice's channel among the channels of the picture and of the sound.
  let places: [Int]
  let picture: Picture?
  /// The channels of the sound in the page; 0 without one.
  let soundChannels: Int

  enum CodingKeys: String, CodingKey {
    case schema, call, findings, voices, places, picture
    case soundChannels = "sound_channels"
  }
}

extension CallSummary {
  /// The channels that a page draws and plays, in the order of the voices, each once.
  public var channelsOfVoices: [Int] {
    voices.map { $0.measures.channel ?? 0 }.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }
}

extension CallPage {
  /// The data of the script in an element that no browser runs.
  var data: Escaped<HTML> {
    get throws {
      let taken = call.channelsOfVoices
      let data = PageData(
        call: call, findings: call.findingsByWeight, voices: call.voices.map(\.name),
        places: call.voices.map { voice in taken.firstIndex(of: voice.measures.channel ?? 0) ?? 0 },
        picture: sound.map {
          .init(
            stretch: $0.peaks.stretch, channels: $0.peaks.channels,
            data: Data($0.peaks.data).base64EncodedString())
        }, soundChannels: sound?.source == nil ? 0 : taken.count)
      return Escaped(
        ofOurs: """
          <script type="application/json" id="data">\(jsonInElement(try jsonText(data)))</script>

          """)
    }
  }
}

/// JSON for an element of a page: without `<`, `>` and `&`, which can only stand within strings, no text in it can end
/// the element or begin a comment there.
func jsonInElement(_ json: String) -> String {
  String(
    decoding: json.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: "<"): Array("\\u003C".utf8)
      case UInt8(ascii: ">"): Array("\\u003E".utf8)
      case UInt8(ascii: "&"): Array("\\u0026".utf8)
      default: [byte]
      }
    }, as: UTF8.self)
}
