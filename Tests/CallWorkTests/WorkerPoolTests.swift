import CallModel
import CallWork
import Glibc
import TestSupport
import Testing

/// A pool whose workers are scripts of `/bin/sh`.
private struct Bench {
  static let hello = WorkerHello(version: "1", settingsHash: "a", sourceHashes: ["b"])
  static let helloLine = #"echo '{"protocol":1,"settings_hash":"a","source_hashes":["b"],"version":"1"}'"#

  /// Answers each item, `say TEXT` being a row, as the name in it says.
  static let script =
    helloLine + "\n" + #"""
      say() { printf '{"id":%s,"failure":{"schema":"talkspurt.failure/1","path":"x","path_b64":null,' "$id"
              printf '"error":{"code":"empty","message":"%s"}}}\n' "$1"; }
      while read -r line; do
        id=${line#*\"id\":}; id=${id%%,*}
        case $line in
          *abort*) kill -ABRT $$ ;;
          *segment*) kill -SEGV $$ ;;
          *loop*) kill -XCPU $$ ;;
          *status*) exit 7 ;;
          *rubbish*) echo rubbish ;;
          *closed*) exec >&-; sleep 1000 ;;
          *twice*) say one; say two ;;
          *other*) id=0; say one ;;
          *endless*) exec tr '\0' x </dev/zero ;;
          *late*) exec sleep 1000 ;;
          *polite*) kill -TERM $$; kill -INT $$; say polite ;;
          *loud*) head -c 1000000 /dev/zero >&2; say loud ;;
          *files*) set -- /proc/$$/fd/*; say "$#" ;;
          *) say fine ;;
        esac
      done
      """#

  static func pool(_ script: String = Bench.script, deadline: Int = 60) -> WorkerPool {
    WorkerPool(
      ["/bin/sh", "-c", script].map { Array($0.utf8) }, environment: [Array("PATH=/usr/bin:/bin".utf8)],
      hello: hello, patience: 60, shortestDeadline: deadline)
  }
}

extension WorkerPool {
  fileprivate func failure(_ name: String) throws -> CallFailure.Reason? {
    guard case .failed(let failure) = try row(for: RecordingPath(name), followsLinks: false).outcome else {
      return nil
    }
    return failure.error
  }
}

@Suite struct WorkerPoolTests {
  /// Each fault is the failure of its recording, and the next recording is answered.
  @Test(arguments: [
    ("abort", CallFailure.Code.crashed, "SIGABRT"), ("segment", .crashed, "SIGSEGV"),
    ("loop", .timeout, "60 s of processor time"), ("status", .crashed, "status 7"),
    ("rubbish", .crashed, "cannot be read"), ("closed", .crashed, "SIGKILL"),
    ("other", .crashed, "cannot be read"),
    ("endless", .crashed, "cannot be read"),
  ])
  func aFaultIsTheFailureOfItsRecording(name: String, code: CallFailure.Code, words: String) throws {
    let pool = Bench.pool()
    #expect(try pool.failure("before")?.message == "fine")
    for _ in 1...2 {
      let failure = try #require(try pool.failure(name))
      #expect(failure.code == code)
      #expect(failure.message.contains(words))
      #expect(try pool.failure("after")?.message == "fine")
    }
  }

  /// As where memory was short for a moment.
  @Test(arguments: ["kill -ABRT $$", "kill -KILL $$", "exit 1"])
  func oneEndOfAWorkerIsNoFailure(end: String) throws {
    let folder = TemporaryFolder()
    let script = Bench.script.replacing(
      "say fine", with: "if mkdir '\(folder.path.text)/ended'; then \(end); else say fine; fi")
    #expect(try Bench.pool(script).failure("once")?.message == "fine")
  }

  /// A row too many is none of the next recording.
  @Test func whatARecordingLeavesBehindIsNotForTheNext() throws {
    let pool = Bench.pool()
    for _ in 1...5 {
      _ = try pool.failure("twice")
      #expect(try pool.failure("after")?.message == "fine")
    }
  }

  /// Where the processor is not to blame the share is, and the recording is tried again.
  @Test func aRecordingThatIsWaitedForIsUnreadable() throws {
    let pool = Bench.pool(deadline: 2)
    #expect(try pool.failure("late")?.code == .unreadable)
  }

  @Test func signalsToTheWholeRunDoNotReachWorkers() throws {
    #expect(try Bench.pool().failure("polite")?.message == "polite")
  }

  @Test func whatAWorkerComplainsOfHoldsNothingUp() throws {
    #expect(try Bench.pool().failure("loud")?.message == "loud")
  }

  @Test func aWorkerInheritsNoFile() throws {
    let file = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let shared = fcntl(file, F_DUPFD, 100)
    defer { for descriptor in [file, shared] { close(descriptor) } }
    #expect(shared >= 100)
    // Its three streams, and the folder that is listed.
    #expect(try Bench.pool().failure("files")?.message == "4")
  }

  @Test func workersAreUsedAgain() throws {
    let pool = Bench.pool(Bench.script.replacing("say fine", with: "say $$"))
    let first = try pool.failure("a")?.message
    #expect(try pool.failure("b")?.message == first)
  }

  @Test(arguments: [
    (Bench.helloLine.replacing(#""a""#, with: #""c""#) + "; cat", "have changed"),
    (Bench.helloLine.replacing(#""version":"1""#, with: #""version":"2""#) + "; cat", "have changed"),
    ("echo something else", "have changed"),
    ("echo no settings >&2; exit 64", "status 64, and said: no settings"),
    ("kill -SEGV $$", "signal 11 ended it"),
  ])
  func workersThatAreNotOursEndTheRun(script: String, words: String) {
    let failure = #expect(throws: WorkerFailure.self) {
      try Bench.pool(script).row(for: RecordingPath("a"), followsLinks: false)
    }
    #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
  }

  @Test func aProgramThatIsNotThereEndsTheRun() {
    let pool = WorkerPool(
      [Array("/nowhere/worker".utf8)], environment: [], hello: Bench.hello, patience: 1, shortestDeadline: 1)
    #expect(throws: WorkerFailure.self) { try pool.row(for: RecordingPath("a"), followsLinks: false) }
  }
}
