import ArgumentParser
import CallAudio
import CallModel
import CallReports
import CallStore
import CallWork
import Dispatch
import FoundationEssentials
import Glibc
import SignalProcessing
import Synchronization

/// `talkspurt doctor`.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks what a night's run needs: settings, libraries, clock, store, share and space.",
    discussion: """
      One line a check: ok, notice (the run works, but look at it) or problem (it will not). Nothing is \
      written but the report.

      Exit status: 0 no problem; 1 at least one problem; 64 wrong usage.
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

  @OptionGroup var common: CommonOptions

  @Argument(help: ArgumentHelp("Folders with recordings, to be looked into.", valueName: "share"))
  var shares: [String] = []

  @Option(help: ArgumentHelp("The store to look through.", valueName: "file"))
  var store: String?

  @Option(help: "text, or json.")
  var format = Format.text

  func run() throws {
    var examination = Examination()
    examination.settings(file: common.config, agent: common.agent)
    examination.records(file: common.config)
    examination.libraries()
    let lastRun = store.flatMap { examination.store($0) }
    examination.clock(now: Date(), lastRun: lastRun)
    for share in RecordingPath.given(shares) { examination.share(share) }
    let text: String
    switch format {
    case .text: text = examination.checks.map { MessageLine.escape($0.line) + "\n" }.joined()
    case .json:
      text = try jsonText(examination.checks, spaced: true) + "\n"
    }
    _ = try StandardStream.output.write(Array(text.utf8))
    if examination.checks.contains(where: { $0.verdict == .problem }) { throw ExitCode(1) }
  }
}

/// The results, one sentence for each check.
struct Examination: Sendable {
  struct Check: Sendable, Hashable, Encodable {
    enum Verdict: String, Sendable, Encodable { case ok, notice, problem }

    let verdict: Verdict
    /// What was looked at.
    let what: String
    let message: String

    /// The check for a person.
    var line: String {
      func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
      }
      return padded(verdict.rawValue, 9) + padded(what, 10) + message
    }
  }

  private(set) var checks: [Check] = []

  mutating func find(_ verdict: Check.Verdict, _ what: String, _ message: String) {
    checks.append(Check(verdict: verdict, what: what, message: message))
  }

  /// Whether the settings are in order.
  mutating func settings(
    file: String?, agent: ChannelRoles?, environment: [String: String] = ProcessInfo.processInfo.environment,
    systemFile: String = Configuration.systemFile
  ) {
    do throws(ConfigurationError) {
      let configuration = try Configuration.load(
        file: file, agent: agent, environment: environment, systemFile: systemFile)
      let files = [systemFile, file].compactMap { $0 }.filter { access($0, F_OK) == 0 }
      let origin = files.isEmpty ? "no file, defaults" : files.joined(separator: ", ")
      find(.ok, "settings", "In order: \(origin); hash \(configuration.hash).")
    } catch {
      find(.problem, "settings", error.description)
    }
  }

  /// The versions of this program and of what it links.
  mutating func libraries() {
    guard let engine = try? CallStore.engineVersion() else {
      return find(.problem, "versions", "SQLite does not work.")
    }
    let landlock = Confinement.landlockVersion.map { "Landlock \($0)" } ?? "no Landlock"
    let versions =
      "Talkspurt \(Talkspurt.version), \(decoderVersion), \(transformVersion), SQLite \(engine), \(landlock)"
    let number = engine.split(separator: ".").compactMap { Int($0) }
    // STRICT tables came with 3.37, the operator ->> with 3.38.
    let isEnough = !number.lexicographicallyPrecedes([3, 38])
    find(
      isEnough ? .ok : .problem, "versions", versions + (isEnough ? "." : "; SQLite 3.38 or later is needed.")
    )
  }

  /// Whether a run can write to the store at `path`, whether it is intact, and how the last run ended;
  /// returns when that run began.
  mutating func store(_ path: String) -> Date? {
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parent.isEmpty ? "." : parent == [""] ? "/" : parent.joined(separator: "/")
    defer { space(for: path, in: folder) }
    do {
      let calls = try CallStore(reading: path)
      let health = try calls.health()
      calls.close()
      let contents =
        "schema \(health.schemaVersion), journal \(health.journal), synchronous \(CallStore.synchronous),"
        + " calls: \(health.calls), failures: \(health.failures)"
      if access(path, W_OK) == 0, access(folder, W_OK) == 0 {
        find(.ok, "store", "\(path) is whole: \(contents).")
      } else {
        find(.problem, "store", "\(path) is whole (\(contents)), but this user may not write to it.")
      }
      guard let run = health.lastRun else {
        find(.notice, "last run", "There was none yet.")
        return nil
      }
      lastRun(run, of: path)
      return try? Date(run.started, strategy: .iso8601)
    } catch StoreError.missing {
      if access(folder, W_OK | X_OK) == 0 {
        find(.notice, "store", "There is none at \(path) yet; `talkspurt ingest` makes it.")
      } else {
        let reason = String(cString: strerror(errno))
        find(.problem, "store", "There is none at \(path), and none can be made in \(folder): \(reason).")
      }
    } catch let error as StoreError {
      if case .older = error {
        find(.notice, "store", error.description)
      } else {
        find(.problem, "store", error.description)
      }
    } catch {
      find(.problem, "store", "\(path): \(error)")
    }
    return nil
  }

  private mutating func lastRun(_ run: StoreHealth.LastRun, of store: String) {
    switch (run.ended, run.stopped, run.failed ?? 0) {
    case (nil, _, _) where CallStore.isHeld(store):
      find(.ok, "last run", "It began at \(run.started) and is under way.")
    case (nil, _, _):
      find(.notice, "last run", "It began at \(run.started) and was killed; the next one goes on from there.")
    case (let ended?, true, _):
      find(.notice, "last run", "It was stopped by a signal at \(ended); the next one goes on from there.")
    case (let ended?, false, let failed) where failed > 0:
      find(.ok, "last run", "It ended at \(ended); recordings that failed: \(failed).")
    case (let ended?, false, _): find(.ok, "last run", "It ended at \(ended).")
    }
    for note in run.notes { find(.notice, "last run", note) }
  }

  /// Whether there is room for the store to grow.
  private mutating func space(for store: String, in folder: String) {
    var disk = statvfs()
    guard statvfs(folder, &disk) == 0 else { return }
    let free = Int(disk.f_bavail) * Int(disk.f_frsize) / 1_048_576
    let needed = (fileSize(store) ?? 0) / 1_048_576
    let sentence = "\(free) MiB are free where the store is"
    if free < 64 {
      find(.problem, "space", "\(sentence); a run may fill the disk.")
    } else if free < max(1024, needed) {
      find(.notice, "space", "\(sentence); keep 1 GiB and room for a copy of the store (\(needed) MiB).")
    } else {
      find(.ok, "space", "\(sentence).")
    }
  }

  /// Whether the clock is plausible.
  mutating func clock(now: Date, lastRun: Date?) {
    let stamp = now.formatted(.iso8601)
    if now.timeIntervalSince1970 < 1_735_689_600 {  // 2025, before the first version
      find(.problem, "clock", "It says \(stamp), which cannot be; set it.")
    } else if let lastRun, now < lastRun {
      let before = lastRun.formatted(.iso8601)
      find(.problem, "clock", "It says \(stamp), but the last run began at \(before): one of them was wrong.")
    } else {
      find(.ok, "clock", "It says \(stamp); days begin at midnight in \(TimeZone.current.identifier).")
    }
  }

  /// Whether recordings can be read at `path`; a share that does not answer within 10 s is a problem.
  mutating func share(_ path: RecordingPath) {
    final class Answer: Sendable {
      let found = Mutex<Check?>(nil)
    }
    let answer = Answer()
    let done = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      let check = look(into: path)
      answer.found.withLock { $0 = check }
      done.signal()
    }
    let inTime = done.wait(timeout: .now() + .seconds(10)) == .success
    let silent = Check(
      verdict: .problem, what: "share", message: "\(path.text) does not answer; is it mounted?")
    checks.append(inTime ? answer.found.withLock { $0 } ?? silent : silent)
  }
}

/// Looks for one recording under `path` and opens it.
private func look(into path: RecordingPath) -> Examination.Check {
  func found(_ verdict: Examination.Check.Verdict, _ sentence: String) -> Examination.Check {
    Examination.Check(verdict: verdict, what: "share", message: "\(path.text) \(sentence)")
  }
  var patience = 10_000
  switch firstRecording(in: path, depth: 0, patience: &patience) {
  case .refused(let reason): return found(.problem, "cannot be read: \(reason).")
  case .nothing: return found(.notice, "has no recording that is read; is it mounted?")
  case .recording(let recording, let reason?):
    return found(.problem, "can be looked into, but \(recording.text) cannot be read: \(reason).")
  case .recording(_, nil):
    let isWritable = path.bytes.withCString { access($0, W_OK) } == 0
    return isWritable
      ? found(.notice, "can be read, and written to: mount it read-only, as nothing is ever written there.")
      : found(.ok, "can be read, and not written to.")
  }
}

private enum ShareLook {
  case recording(RecordingPath, refusal: String?)
  case nothing
  case refused(String)
}

/// The first file named like a recording, in the order of the file system; links are not followed.
private func firstRecording(in path: RecordingPath, depth: Int, patience: inout Int) -> ShareLook {
  func reason() -> String { String(cString: strerror(errno)) }
  guard let stream = path.bytes.withCString({ opendir($0) }) else { return .refused(reason()) }
  defer { closedir(stream) }
  var folders: [RecordingPath] = []
  while patience > 0, let entry = readdir(stream) {
    patience -= 1
    let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
    guard name.first != UInt8(ascii: ".") else { continue }
    let inner = path.appending(name)
    var status = stat()
    guard inner.bytes.withCString({ lstat($0, &status) }) == 0 else { continue }
    if status.st_mode & S_IFMT == S_IFDIR { folders.append(inner) }
    guard status.st_mode & S_IFMT == S_IFREG, ReadingLimits().extensions.contains(fileExtension(of: name))
    else { continue }
    let descriptor = inner.bytes.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) }
    guard descriptor >= 0 else { return .recording(inner, refusal: reason()) }
    defer { close(descriptor) }
    var byte: UInt8 = 0
    return .recording(inner, refusal: read(descriptor, &byte, 1) < 0 ? reason() : nil)
  }
  for folder in folders where depth < 8 && patience > 0 {
    if case let look = firstRecording(in: folder, depth: depth + 1, patience: &patience), !look.isNothing {
      return look
    }
  }
  return .nothing
}

extension ShareLook {
  fileprivate var isNothing: Bool {
    if case .nothing = self { true } else { false }
  }
}

extension [UInt8] {
  /// Passes the bytes of a path to a system call.
  fileprivate func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    (map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
  }
}
