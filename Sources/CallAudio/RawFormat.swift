import CSndFile

/// What the samples of a recording without a header are. Nothing in such a file tells, so that a rule has to.
public struct RawFormat: Sendable, Hashable {
  /// How samples are written.
  public enum Encoding: String, Sendable, Hashable, CaseIterable {
    /// 16 bits, lowest byte first: Asterisk's `sln`.
    case s16le
    /// G.711.
    case ulaw, alaw
    /// GSM 6.10 in frames of 33 bytes.
    case gsm
  }

  /// How samples are written.
  public var encoding: Encoding
  /// Samples per second and channel.
  public var sampleRate: Int
  /// Interleaved channels.
  public var channels: Int

  /// Samples of `encoding`.
  public init(_ encoding: Encoding, sampleRate: Int = 8000, channels: Int = 1) {
    self.encoding = encoding
    self.sampleRate = sampleRate
    self.channels = channels
  }

  /// The name as in `Recording.encoding`, libsndfile's number, and how many bytes hold how many samples.
  var details: (name: String, subtype: Int, bytes: Int, samples: Int) {
    switch encoding {
    case .s16le: ("PCM_16", SF_FORMAT_PCM_16, 2, 1)
    case .ulaw: ("ULAW", SF_FORMAT_ULAW, 1, 1)
    case .alaw: ("ALAW", SF_FORMAT_ALAW, 1, 1)
    case .gsm: ("GSM610", SF_FORMAT_GSM610, 33, 160)
    }
  }
}
