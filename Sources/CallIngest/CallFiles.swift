import CallAudio
import CallModel
import CallRecords
import CallStore

/// Which call a recording belongs to by its name, and how good it is among the recordings of that.
struct CallPlace {
  /// A call as a source names it.
  struct Name: Hashable {
    let source: RecordingPath
    let call: String
  }

  let name: Name
  /// 0 for the best.
  let rank: Int
  /// Whether it has one party alone.
  let isLeg: Bool
}

extension Facts {
  /// The place of a recording; nil where its recorder writes one file a call.
  func place(of path: RecordingPath) -> CallPlace? {
    guard let source = sources.first(where: { $0.matches(path) }), let rules = source.rules else {
      return nil
    }
    for pattern in rules.names {
      guard let found = pattern.evidence(of: path) else { continue }
      guard let rank = pattern.rank, let call = found.fields[.callID] else { return nil }
      return CallPlace(name: .init(source: source.pattern, call: call), rank: rank, isLeg: pattern.isLeg)
    }
    return nil
  }

  /// The recordings by call, in the order of the first of each; of a call the best first: by its form, then by its size.
  func calls(of recordings: [Candidate]) -> [[Candidate]] {
    var calls: [[Candidate]] = []
    var numbers: [CallPlace.Name: Int] = [:]
    var ranks: [RecordingPath: Int] = [:]
    for recording in recordings {
      guard recording.isFile, let place = place(of: recording.entry.path) else {
        calls.append([recording])
        continue
      }
      ranks[recording.entry.path] = place.rank
      if let number = numbers[place.name] {
        calls[number].append(recording)
      } else {
        numbers[place.name] = calls.count
        calls.append([recording])
      }
    }
    func order(_ recording: Candidate) -> (Int, Int, RecordingPath) {
      let path = recording.entry.path
      return (ranks[path] ?? 0, -(FileState(of: path, followingLinks: recording.isNamed)?.size ?? 0), path)
    }
    return calls.map { files in
      files.count < 2 ? files : files.map { ($0, order($0)) }.sorted { $0.1 < $1.1 }.map(\.0)
    }
  }
}

extension Visit {
  /// What becomes of the recordings of one call, the best of them first. Where that can be read, it is the call, and the
  /// others are its parts, as are those that earlier runs took for calls. Recordings of one party each are calls of their
  /// own, as long as there is none of both.
  func fates(of files: [Candidate]) throws -> [Fate] {
    guard let first = files.first, first.isFile, let place = facts.place(of: first.entry.path) else {
      return try files.map(fate)
    }
    let paths = Set(files.map(\.entry.path))
    let others = try store.contents(ofRecorderCall: place.name.call).filter { other in
      !paths.contains(other.known.shown) && facts.place(of: other.known.shown)?.name == place.name
    }
    // One that is known and no worse stays.
    let size = FileState(of: first.entry.path, followingLinks: first.isNamed)?.size ?? 0
    var whole = others.first { other in
      guard let known = facts.place(of: other.known.shown), isWhole(other.known.shown) else { return false }
      let itsSize = FileState(of: other.known.shown, followingLinks: true)?.size ?? .max
      return known.rank < place.rank || known.rank == place.rank && itsSize >= size
    }?.sha256
    let isKnown = whole != nil
    var fates: [Fate] = []
    for file in files {
      if let whole {
        fates.append(part(file.entry.path, of: whole, isDue: true))
        continue
      }
      let fate = try fate(of: file)
      fates.append(fate)
      if isWhole(file.entry.path) { whole = fate.content }
    }
    guard let whole, !isKnown else { return fates }
    return fates + others.map { part($0.known.shown, of: whole, isDue: false) }
  }

  /// Whether a recording has both parties, in one file or in two that are read as one.
  private func isWhole(_ path: RecordingPath) -> Bool {
    facts.place(of: path)?.isLeg == false || options.limits.secondLeg(of: path) != nil
  }

  private func part(_ path: RecordingPath, of sha256: String, isDue: Bool) -> Fate {
    .part(of: sha256, RecordingFile(path, FileState(of: path, followingLinks: true)), isDue: isDue)
  }
}

extension Fate {
  /// The content of the recording, where it can be read.
  fileprivate var content: String? {
    switch self {
    case .known(let sha256, _): sha256
    case .analysed(let analysis, _):
      if case .analysed(let call) = analysis.outcome { call.recording.sha256 } else { nil }
    default: nil
    }
  }
}

extension StoreWriter {
  /// Takes a file for a part of the call with this content. Counted as a copy where it was to be handled.
  func keepPart(_ file: RecordingFile, of sha256: String, isDue: Bool) throws -> Outcome {
    _ = try takePart(file, of: sha256)
    return isDue ? .copy : .moved
  }
}
