public import CallAnalysis
public import CallModel
public import CallStore

/// Compares the new calls of the store with those that it remembers by their landmarks, and stores what recurs: a
/// stretch heard in `minimumCalls` calls is a recorded prompt. Returns the number of new prompts.
///
/// Calls are taken by path, 64 at a time, each such group in one transaction: a run that is stopped or killed goes on
/// with the next. A group is compared with itself and with the calls that were searched before, of which the newest
/// `rememberedCalls` are kept, and `minimumCalls` of each prompt: a first night of many calls is many nights of a few.
/// Copies of the same file count once.
/// - Complexity: linear in the new calls; memory in the calls that are remembered.
@discardableResult
public func findPrompts(
  in store: CallStore, settings: AnalysisSettings, shouldStop: () -> Bool = { false }
) throws -> Int {
  let known = Set(try store.prompts().map(\.id))
  var remembered = try store.searchedCalls()
  let unsearched = try store.unsearchedCalls()
  for first in stride(from: 0, to: unsearched.count, by: 64) where !shouldStop() {
    let new = try store.searchedCalls(unsearched[first...].prefix(64))
    // By number, so that a search that goes on after a stop meets them in the same order.
    let others = (remembered + new).sorted { $0.id < $1.id }
    var search = try PromptSearch(new, among: others, in: store, settings: settings)
    try search.run()
    let kept = try store.forgetLandmarks(
      exceptNewest: settings.prompts.rememberedCalls, examples: settings.prompts.minimumCalls)
    remembered = others.filter { kept.contains($0.id) }
  }
  return try store.prompts().count { !known.contains($0.id) }
}

/// Labels a prompt; the endings of the calls in which it is heard follow. Returns false where there is no
/// such prompt.
public func label(
  prompt: Int64, as label: String, kind: PromptKind?, in store: CallStore, settings: AnalysisSettings
) throws -> Bool {
  var kinds = try store.promptKinds()
  guard let before = kinds[prompt] else { return false }
  kinds[prompt] = kind ?? before
  // All summaries first, then one transaction: a label is never half done.
  var calls: [Int64: (places: [PromptPlace], summary: CallSummary?)] = [:]
  for call in try store.calls(with: prompt) {
    let places = try store.promptPlaces(in: call)
    calls[call] = (places, try store.summary(of: call, places, kinds, settings))
  }
  return try store.commit { writer in
    let isKnown = try writer.label(prompt: prompt, as: label, kind: kind)
    try writer.keep(prompts: calls)
    return isKnown
  }
}

/// The stretches that some new calls share with each other and with earlier ones.
private struct PromptSearch {
  let store: CallStore
  let settings: AnalysisSettings
  let new: [SearchedCall]
  /// The stretches that each new call shares, with the file of the other call.
  private var shared: [[(stretch: SharedStretch, sha256: String)]]
  /// Calls that were searched before: new prompts are added to them too.
  private var searched: Set<Int64> = []
  /// The prompts of the calls that were searched so far, with their places.
  private var places: [Int64: [PromptPlace]] = [:]
  /// Where the prompts of one call lie in the calls that share them and are still to be searched. So a prompt
  /// that a call has twice gets one number.
  private var hints: [Int64: [PromptPlace]] = [:]
  private var heard: [Int64: CallSummary] = [:]
  private var changed: Set<Int64> = []
  private var nextPrompt: Int64

  init(
    _ new: [SearchedCall], among others: [SearchedCall], in store: CallStore, settings: AnalysisSettings
  ) throws {
    self.store = store
    self.settings = settings
    self.new = new
    shared = Array(repeating: [], count: new.count)
    nextPrompt = (try store.prompts().map(\.id).max() ?? 0) + 1
    let index = LandmarkIndex(new.map(\.landmarks), settings: settings.prompts)
    var files: Set<String> = []
    let isNew = Set(new.map(\.id))
    for other in others where files.insert(other.sha256).inserted {
      if !isNew.contains(other.id) { searched.insert(other.id) }
      for (call, stretch) in index.stretches(with: other.id, other.landmarks)
      where new[call].sha256 != other.sha256 {
        shared[call].append((stretch, other.sha256))
      }
    }
  }

  mutating func run() throws {
    for (call, shared) in zip(new, shared) {
      let before = try places(in: call.id)
      var now: [PromptPlace] = []
      for steps in recurring(shared) {
        let prompt = try known(steps, before: before, shared: shared.map(\.stretch))
        now.append(PromptPlace(prompt: prompt, range: try range(steps, in: call.id)))
        for (stretch, _) in shared where stretch.steps.overlaps(steps) {
          let there = stretch.mapped(steps)
          hints[stretch.other, default: []].append(PromptPlace(prompt: prompt, range: there.seconds))
          if searched.contains(stretch.other) { try tell(prompt, at: there, in: stretch.other) }
        }
      }
      places[call.id] = now
      changed.insert(call.id)
    }
    // The labels are those of before: a new prompt has none.
    let kinds = try store.promptKinds()
    var calls: [Int64: (places: [PromptPlace], summary: CallSummary?)] = [:]
    for call in changed.sorted() {
      let places = places[call, default: []]
      calls[call] = (places, try store.summary(of: call, places, kinds, settings))
    }
    try store.keep(prompts: calls, searched: new.map(\.id))
  }

  /// The stretches of a call, in steps, that enough files share, by start. What the most files share comes
  /// first and is cut out of the others: a sentence that some calls have alone is then separate from the
  /// sequence in which others have it.
  private func recurring(_ shared: [(stretch: SharedStretch, sha256: String)]) -> [Range<Int>] {
    let others = settings.prompts.minimumCalls - 1
    let reach = Int(settings.prompts.edgeS / Landmark.hop)
    var rest = shared.map { (steps: $0.stretch.steps, sha256: $0.sha256) }
    var found: [Range<Int>] = []
    while true {
      // Of very many files, a sample is enough.
      let seeds = stride(from: 0, to: rest.count, by: max(1, rest.count / 64)).map { rest[$0].steps }
      let groups = seeds.map { seed in
        let group = rest.filter { 2 * $0.steps.clamped(to: seed).count >= seed.count }
        return (seed: seed, files: Dictionary(grouping: group, by: \.sha256))
      }
      guard let best = groups.max(by: { ($0.files.count, $0.seed.count) < ($1.files.count, $1.seed.count) }),
        best.files.count >= others
      else { break }
      // From the first to the last step that enough files share.
      let around = best.seed.lowerBound - reach..<best.seed.upperBound + reach
      let parts = best.files.values.map { stretches in stretches.map { $0.steps.clamped(to: around) } }
      let first = parts.compactMap { $0.map(\.lowerBound).min() }.sorted()[others - 1]
      let last = parts.compactMap { $0.map(\.upperBound).max() }.sorted()[parts.count - others]
      let steps = first < last ? first..<last : best.seed
      if Double(steps.count) * Landmark.hop >= settings.prompts.minimumS { found.append(steps) }
      rest = rest.flatMap { stretch in
        stretch.steps.removing(steps).filter { $0.count > Landmark.span }.map { ($0, stretch.sha256) }
      }
    }
    return found.sorted { $0.lowerBound < $1.lowerBound }
  }

  /// The prompt that was found before at this stretch, in this call or in one that shares it; otherwise a new
  /// one.
  private mutating func known(
    _ steps: Range<Int>, before: [PromptPlace], shared: [SharedStretch]
  ) throws -> Int64 {
    var overlap: [Int64: Double] = [:]
    func weigh(_ steps: Range<Int>, _ places: [PromptPlace]) {
      for place in places {
        let both = place.range.overlap(with: steps.seconds)
        if 2 * both >= max(place.range.duration, steps.seconds.duration) {
          overlap[place.prompt, default: 0] += both
        }
      }
    }
    weigh(steps, before)
    for stretch in shared where stretch.steps.overlaps(steps) {
      weigh(stretch.mapped(steps), try places(in: stretch.other) + hints[stretch.other, default: []])
    }
    if let best = overlap.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { return best.key }
    defer { nextPrompt += 1 }
    return nextPrompt
  }

  /// Notes a prompt in a call that was searched before it was known.
  private mutating func tell(_ prompt: Int64, at steps: Range<Int>, in call: Int64) throws {
    guard Double(steps.count) * Landmark.hop >= settings.prompts.minimumS / 2 else { return }
    let range = try range(steps, in: call)
    let known = try places(in: call)
    guard known.allSatisfy({ $0.range.overlap(with: range) == 0 }) else { return }
    places[call] = (known + [PromptPlace(prompt: prompt, range: range)]).sorted {
      $0.range.start < $1.range.start
    }
    changed.insert(call)
  }

  private mutating func places(in call: Int64) throws -> [PromptPlace] {
    if let known = places[call] { return known }
    let known = try store.promptPlaces(in: call)
    places[call] = known
    return known
  }

  private mutating func range(_ steps: Range<Int>, in call: Int64) throws -> TimeRange {
    if heard[call] == nil { heard[call] = try store.summaryAsHeard(of: call) }
    return heard[call]?.heard(steps.seconds, settings: settings.prompts) ?? steps.seconds
  }
}

extension Range<Int> {
  /// What is left on either side.
  fileprivate func removing(_ other: Range<Int>) -> [Range<Int>] {
    guard overlaps(other) else { return [self] }
    return [
      lowerBound..<Swift.max(lowerBound, other.lowerBound),
      Swift.min(upperBound, other.upperBound)..<upperBound,
    ]
  }

  /// Steps as seconds.
  fileprivate var seconds: TimeRange {
    TimeRange(Double(lowerBound) * Landmark.hop, Double(upperBound) * Landmark.hop)
  }
}

extension CallStore {
  fileprivate func promptKinds() throws -> [Int64: PromptKind] {
    Dictionary(uniqueKeysWithValues: try prompts().map { ($0.id, $0.kind) })
  }

  /// The summary of a call with prompts in these places; nil where there are none.
  fileprivate func summary(
    of call: Int64, _ places: [PromptPlace], _ kinds: [Int64: PromptKind], _ settings: AnalysisSettings
  ) throws -> CallSummary? {
    guard !places.isEmpty else { return nil }
    return try summaryAsHeard(of: call)?.withPrompts(
      places.map { ($0.range, kinds[$0.prompt] ?? .unlabelled) }, settings: settings)
  }
}
