import CallIngest
import CallModel
import CallReports
import CallStore
import FoundationEssentials

/// The figures of a run as Prometheus reads them from a file (text exposition format 0.0.4). All are gauges: of
/// the last run that came to its end or was stopped. A run that could not be done leaves the file of an earlier
/// one, so that an alert on the age of `talkspurt_run_ended_timestamp_seconds` covers it too.
///
/// - Parameter storeBytes: the size of the store on the disk.
func prometheusText(_ result: IngestResult, ended: Date, storeBytes: Int) -> String {
  let counts = result.counts
  let outcomes = [
    ("analysed", counts.analysed), ("copies", counts.copies), ("failed", counts.failed),
    ("failed_before", counts.failedBefore), ("gone", counts.gone), ("unchanged", counts.unchanged),
    ("waiting", counts.waiting),
  ]
  let passedOver = Dictionary(
    result.notes.passedOver.map { (label($0.key), $0.value) }, uniquingKeysWith: +
  ).sorted { ($1.value, $0.key) < ($0.value, $1.key) }
  return [
    metric("build_info", "The version that ran.", [("{version=\"\(Talkspurt.version)\"}", "1")]),
    metric(
      "run_ended_timestamp_seconds", "When the last run ended.", [("", "\(Int(ended.timeIntervalSince1970))")]
    ),
    metric("run_duration_seconds", "How long it took.", [("", "\(result.duration)")]),
    metric(
      "run_stopped", "1 where a signal ended it before all recordings were done.",
      [("", result.stopped ? "1" : "0")]),
    metric(
      "run_recordings", "Recordings found on the shares, by outcome.",
      outcomes.map { ("{outcome=\"\($0.0)\"}", "\($0.1)") }),
    metric(
      "run_calls_with_finding", "Calls of this run in which something deserves a listener, by kind.",
      Finding.Code.allCases.map { ("{code=\"\($0.rawValue)\"}", "\(result.findings[$0] ?? 0)") }),
    metric(
      "run_new_prompts", "Recorded prompts heard for the first time, to be labelled.",
      [("", "\(result.newPrompts)")]),
    metric(
      "run_missing_shares", "Shares that are not there, went away, or are empty where recordings are known.",
      [("", "\(result.notes.missingShares.count)")]),
    metric(
      "run_lost_calls", "Calls of which the last file was found gone.", [("", "\(result.counts.lost)")]),
    metric(
      "run_passed_over_files",
      "Files that are no recordings that are read, by extension: the ten most frequent.",
      passedOver.prefix(10).map { ("{extension=\"\($0.key)\"}", "\($0.value)") }),
    metric(
      "run_kept_facts_calls", "Calls with facts that a source has no more, by source.",
      result.notes.keptFacts.sorted { $0.key < $1.key }.map { ("{source=\"\($0.key)\"}", "\($0.value)") }),
    metric(
      "run_unread_sources", "Sources of facts that could not be read.",
      [("", "\(result.notes.complaints.count)")]),
    metric("store_bytes", "The size of the store.", [("", "\(storeBytes)")]),
  ].joined()
}

/// A text as the value of a label: letters and digits, at most 16.
private func label(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.prefix(16).map { scalar in
        switch scalar {
        case "0"..."9", "A"..."Z", "a"..."z": scalar
        default: "_"
        }
      }))
}

private func metric(
  _ name: String, _ help: String, _ samples: [(labels: Escaped<PrometheusLabel>, value: String)]
) -> String {
  """
  # HELP talkspurt_\(name) \(help)
  # TYPE talkspurt_\(name) gauge

  """ + samples.map { "talkspurt_\(name)\($0.labels.text) \($0.value)\n" }.joined()
}
