import CallAnalysis
import CallAudio
import CallModel

extension Configuration: Codable {
  enum CodingKeys: String, CodingKey { case agent, reading }

  /// The tables of the analysis stand beside `agent` and `reading`.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    agent = try container.decode(ChannelRoles.self, forKey: .agent)
    reading = try container.decode(ReadingLimits.self, forKey: .reading)
    analysis = try AnalysisSettings(from: decoder)
  }

  func encode(to encoder: any Encoder) throws {
    try analysis.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(agent, forKey: .agent)
    try container.encode(reading, forKey: .reading)
  }
}
