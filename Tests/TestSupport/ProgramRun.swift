import Glibc
import Synchronization

/// What a run of a program left behind.
public struct ProgramRun: Sendable {
  /// Its exit status; 128 plus the signal where one ended it.
  public var status: Int
  /// What it wrote to standard output.
  public var output: [UInt8]
  /// What it wrote to standard error, as text.
  public var errors: String

  /// The lines of its output, as text.
  public var lines: [String] {
    output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Why a program was not run to its end.
  public enum Failure: Error {
    case notStarted(String, errno: Int32)
    case timedOut(seconds: Int)
  }

  /// Runs the built `talkspurt`, which stands beside the tests.
  ///
  /// - Parameters:
  ///   - arguments: as bytes, since names need not be UTF-8.
  ///   - input: what it reads from standard input.
  ///   - folder: where it runs; nil where the tests run.
  ///   - environment: `NAME=value` besides `PATH`.
  ///   - closedOutput: whether standard output is a pipe that nobody reads any more.
  ///   - seconds: after which it is killed and the run fails.
  public static func talkspurt(
    _ arguments: [[UInt8]], input: [UInt8] = [], in folder: String? = nil, environment: [String] = [],
    closedOutput: Bool = false, seconds: Int = 60
  ) throws -> ProgramRun {
    let program = testFolder + "/talkspurt"
    // A shell goes to the folder and becomes the program.
    let launcher = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    return try run(
      (launcher + [program]).map { Array($0.utf8) } + arguments, input: input, environment: environment,
      closedOutput: closedOutput, seconds: seconds)
  }

  /// Runs a script of `/bin/sh`, in which `"$0"` is the built `talkspurt` and `"$@"` are the arguments.
  public static func shell(
    _ script: String, _ arguments: String..., environment: [String] = [], seconds: Int = 60
  ) throws -> ProgramRun {
    let command = ["/bin/sh", "-c", script, testFolder + "/talkspurt"] + arguments
    return try run(command.map { Array($0.utf8) }, environment: environment, seconds: seconds)
  }

  private static func run(
    _ command: [[UInt8]], input: [UInt8] = [], environment: [String] = [], closedOutput: Bool = false,
    seconds: Int
  ) throws -> ProgramRun {
    let path = "PATH=" + (getenv("PATH").map { String(cString: $0) } ?? "")
    let variables = ([path] + environment).map { Array($0.utf8) }

    // One program is started at a time, so that none inherits what was opened for another.
    let (child, error, outFile, errFile, ending) = starting.withLock { _ in
      let (inFile, outFile, errFile) = (scratchFile(), scratchFile(), scratchFile())
      input.withUnsafeBytes { _ = pwrite(inFile, $0.baseAddress, $0.count, 0) }
      // `ending` is held open by the program, and by nobody else, until it ends; nobody reads `unread`.
      let (ending, unread) = (makePipe(), makePipe())
      close(unread.read)
      defer { [inFile, unread.write, ending.write].forEach { close($0) } }

      var actions = posix_spawn_file_actions_t()
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      posix_spawn_file_actions_adddup2(&actions, inFile, 0)
      posix_spawn_file_actions_adddup2(&actions, closedOutput ? unread.write : outFile, 1)
      posix_spawn_file_actions_adddup2(&actions, errFile, 2)
      posix_spawn_file_actions_adddup2(&actions, ending.write, 3)
      var child: pid_t = 0
      let error = withPointers(command) { argv in
        withPointers(variables) { envp in posix_spawn(&child, argv[0]!, &actions, nil, argv, envp) }
      }
      return (child, error, outFile, errFile, ending.read)
    }
    defer { [outFile, errFile, ending].forEach { close($0) } }
    guard error == 0 else {
      throw Failure.notStarted(String(decoding: command[0], as: UTF8.self), errno: error)
    }

    var ended = pollfd(fd: ending, events: Int16(POLLIN), revents: 0)
    let isLate = poll(&ended, 1, Int32(seconds * 1000)) == 0
    if isLate { kill(child, SIGKILL) }
    var status: Int32 = 0
    waitpid(child, &status, 0)
    guard !isLate else { throw Failure.timedOut(seconds: seconds) }
    let signal = status & 0x7F
    return ProgramRun(
      status: Int(signal == 0 ? status >> 8 & 0xFF : 128 + signal), output: contents(outFile),
      errors: String(decoding: contents(errFile), as: UTF8.self))
  }

  /// Runs the built `talkspurt` with arguments that are text.
  public static func talkspurt(
    _ arguments: [String], input: String = "", in folder: String? = nil, environment: [String] = [],
    closedOutput: Bool = false, seconds: Int = 60
  ) throws -> ProgramRun {
    try talkspurt(
      arguments.map { Array($0.utf8) }, input: Array(input.utf8), in: folder, environment: environment,
      closedOutput: closedOutput, seconds: seconds)
  }

  private static let starting = Mutex(())

  /// The folder of the running test program, where the products are built.
  public static let testFolder: String = {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = buffer.withUnsafeMutableBytes {
      readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    let path = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
  }()

  /// A file without a name, which programs that we start do not inherit.
  private static func scratchFile() -> Int32 {
    var name = Array("/tmp/talkspurt-run-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    unlink(name)
    return unshared(descriptor)
  }

  private static func makePipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "no pipe could be made")
    return (unshared(ends[0]), unshared(ends[1]))
  }

  private static func unshared(_ descriptor: Int32) -> Int32 {
    precondition(fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, "a file could not be opened")
    return descriptor
  }

  private static func contents(_ file: Int32) -> [UInt8] {
    let size = Int(lseek(file, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, pread(file, buffer.baseAddress, size, 0))
    }
  }

  private static func withPointers<Result>(
    _ strings: [[UInt8]], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = strings.map { strdup($0.map(CChar.init(bitPattern:)) + [0]) }
    defer { copies.forEach { free($0) } }
    return body(copies + [nil])
  }
}
