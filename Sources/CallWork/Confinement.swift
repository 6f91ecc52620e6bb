import CProcess
public import CallModel
import Glibc

/// What a worker takes from itself before it reads a recording: a fault in a decoder, or a file made to use one, then has
/// nothing to take. Each part is done as far as the kernel knows it.
public enum Confinement {
  /// Address space beyond what the program takes when it starts, in bytes. A worker takes 50 MB for any recording (our
  /// measurement).
  private static let memory = 1 << 30
  /// Open files: three streams, the recording, and the folders that are opened while Landlock is set up.
  private static let files = 16

  /// The version of Landlock, by which the kernel keeps a worker to the shares; nil where it has none.
  public static var landlockVersion: Int? {
    let version = landlock_version()
    return version < 1 ? nil : Int(version)
  }

  /// Ends this process with its parent.
  public static func endWithParent() {
    let parent = getppid()
    _ = confine_to_parent()
    // It ended before the kernel was asked.
    if getppid() != parent { exit(0) }
  }

  /// Limits memory and open files, leaves no core dumps, and forbids sockets and other programs; only what lies below
  /// `readable` can be opened, for reading.
  public static func begin(readable: [RecordingPath]) {
    _ = confine_resources(memory, files)
    let names = unsafe readable.map { path in unsafe strdup(path.bytes.map(CChar.init(bitPattern:)) + [0]) }
    defer { unsafe names.forEach { unsafe free($0) } }
    // A name for which there was no memory is nil, and allows nothing.
    _ = unsafe confine_files(names.map { unsafe UnsafePointer($0) }, names.count)
    _ = confine_calls()
  }

  /// Gives this process so many more seconds of processor time.
  public static func renewProcessorTime(seconds: Int) {
    _ = confine_processor_time(UInt32(clamping: seconds))
  }
}
