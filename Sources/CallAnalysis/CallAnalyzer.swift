public import CallModel

/// What the analysis has to know of the samples it is given.
public struct SignalFormat: Sendable, Hashable {
  /// Samples per second and channel.
  public var sampleRate: Int
  /// Interleaved channels.
  public var channels: Int
  /// The encoding of the file as in `Recording.encoding`: it decides at which value a codec clips.
  public var encoding: String

  /// A format of these properties.
  public init(sampleRate: Int, channels: Int, encoding: String) {
    self.sampleRate = sampleRate
    self.channels = channels
    self.encoding = encoding
  }
}

/// One call from its samples to its summary, in one forward pass: create, consume blocks, finish. The answer is
/// the same for every block size, and memory does not grow with the samples.
public struct CallAnalyzer: ~Copyable {
  let format: SignalFormat
  let settings: AnalysisSettings

  /// An analyser for samples of this format. Refuses nothing: 1 to 8 channels, 4 to 192 kHz are the reader's
  /// limits.
  public init(format: SignalFormat, settings: AnalysisSettings) {
    self.format = format
    self.settings = settings
  }

  /// Takes the next samples, interleaved; any number of whole sample frames.
  public mutating func consume(_ samples: Span<Int16>) {
  }

  /// The summary of all that was consumed.
  public consuming func finish(recording: Recording, analysis: Analysis, roles: ChannelRoles) -> CallSummary {
    CallSummary(
      recording: recording, analysis: analysis, roles: Roles(source: .assumed, confidence: 0),
      parties: Parties(agent: PartySummary(), customer: PartySummary()), mixed: nil,
      conversation: Conversation(
        speech: 0, overlap: nil, mutualSilence: 0, deadAirCounts: [:], deadAir: 0, hold: 0,
        interruptions: CountByParty(agent: nil, customer: nil),
        backchannels: CountByParty(agent: nil, customer: nil)),
      opening: Opening(), ending: Ending(kind: .unknown, abrupt: false, confidence: 0, evidence: []),
      events: [], findings: [], notMeasured: [])
  }
}
