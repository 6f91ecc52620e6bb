/// The settings of the analysis, by folder. The keys of the configuration file are these names in snake case,
/// each with its unit; each says why it is what it is.
public struct AnalysisSettings: Sendable, Hashable, Codable {
  /// Telling speech from everything else on one leg.
  public var activity = ActivitySettings()
  /// Signalling tones and beeps.
  public var tones = ToneSettings()
  /// Hold music.
  public var music = MusicSettings()
  /// One leg's voice heard on the other.
  public var leakage = LeakageSettings()
  /// Turns, interruptions, backchannels.
  public var turns = TurnSettings()
  /// Silence of both parties.
  public var deadAir = DeadAirSettings()
  /// How the call ended.
  public var ending = EndingSettings()
  /// The quality of the line.
  public var line = LineSettings()
  /// Level, pitch and pace.
  public var voice = VoiceSettings()
  /// Where a party's voice changes for good.
  public var escalation = EscalationSettings()
  /// What is reported as a finding.
  public var findings = FindingSettings()
  /// How long recordings are cut into sections.
  public var sections = SectionSettings()
  /// Telling the voices of both parties apart on one channel.
  public var voices = VoicesSettings()
  /// Recorded prompts, found across the calls of a store.
  public var prompts = PromptSettings()

  /// The settings that Talkspurt ships with.
  public init() {}

  /// The revision of what decides an answer beside the settings: constants, weights and rules. A date; raised with every
  /// change that changes an answer, so that the hash of the settings changes too.
  public static let revision = "2026-11-28.6"
}
