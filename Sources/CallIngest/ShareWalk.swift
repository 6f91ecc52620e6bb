public import CallAudio
public import CallModel
import Glibc

/// What was found under a requested path.
public enum ShareEntry: Sendable, Hashable {
  /// A file to read. One that the user named is taken whatever it is, and links to it are followed.
  case recording(RecordingPath, isNamed: Bool)
  /// A folder that could not be read.
  case failure(CallFailure, RecordingPath)

  /// The path.
  public var path: RecordingPath {
    switch self {
    case .recording(let path, _), .failure(_, let path): path
    }
  }
}

/// Which recordings of a share are taken; by default all.
///
/// Patterns are those of `fnmatch`, byte by byte: `*` stands for any bytes, `/` included, `?` for one,
/// `[a-z]` for one of a range. One without a slash is matched against the name of a file or folder, one with
/// a slash against the path below the share.
public struct ShareSelection: Sendable, Hashable {
  /// Only files that match one of these; all, where the list is empty.
  public var include: [[UInt8]] = []
  /// No file that matches one of these, and nothing in a folder that does.
  public var exclude: [[UInt8]] = []
  /// How many folders deep a recording may lie below the share; nil takes all, down to 64.
  public var maximumDepth: Int?
  /// Whether folders on another file system than the share are not entered.
  public var staysOnFileSystem = false
  /// Recordings that were written to in the last so many seconds are left to a later run. Where the share's
  /// clock is ahead of this machine's, the age is the difference between both.
  public var minimumAge: Seconds = 0
  /// Recordings that were last written to before so many seconds are not taken; nil takes all.
  public var maximumAge: Seconds?

  /// Every recording.
  public init() {}
}

/// Finds the recordings under each of `paths`, in the order given; within a folder in the order of the bytes
/// of their paths.
///
/// A folder is walked: regular files whose names end in an extension of a container that is read, in any
/// case, or that `limits` says to have no header, are taken where `selection` includes them, whatever their age; hidden
/// files, symbolic links and second legs of calls are not. Anything else that was named is one entry, even if it does not exist: reading it gives the reason.
/// Names are bytes throughout. Folders are entered through their parents without following links, at most 64
/// deep, so that no loop can hold the walk; one that cannot be read is a failure in its place.
public func findRecordings(
  under paths: [RecordingPath], limits: ReadingLimits, selection: ShareSelection = ShareSelection()
) -> [ShareEntry] {
  var entries: [ShareEntry] = []
  for path in paths {
    _ = try? walkShare(path, limits: limits, selection: selection) { entries.append($0) }
  }
  return entries
}

/// Passes the recordings under one path to `take` as they are found, like ``findRecordings(under:limits:selection:)``.
/// Returns how many files were passed over, by extension in lower case without the dot. Memory holds the names of the
/// folders on the way to a recording.
@discardableResult
func walkShare(
  _ path: RecordingPath, limits: ReadingLimits, selection: ShareSelection,
  _ take: (ShareEntry) throws -> Void
) throws -> [String: Int] {
  try withoutActuallyEscaping(take) { take in
    var walk = ShareWalk(limits: limits, selection: selection, take: take)
    try walk.enter(path)
    return walk.passedOver
  }
}

private struct ShareWalk {
  /// Files that are no recordings, by extension.
  private(set) var passedOver: [String: Int] = [:]
  private let take: (ShareEntry) throws -> Void
  private let limits: ReadingLimits
  private let extensions: Set<String>
  private let selection: ShareSelection
  /// The file system of the share, and how many bytes its path has before those below it.
  private var share = (device: dev_t(), prefix: 0)

  private static let deepest = 64

  init(limits: ReadingLimits, selection: ShareSelection, take: @escaping (ShareEntry) throws -> Void) {
    self.selection = selection
    self.take = take
    self.limits = limits
    extensions = limits.extensions
  }

  /// Takes what the user named: a folder is walked.
  mutating func enter(_ path: RecordingPath) throws {
    if !path.bytes.contains(0), let device = deviceOfFolder(path) {
      share = (device, path.appending([]).bytes.count)
      try walk(open(folder: path.bytes, in: AT_FDCWD, flags: 0), path, depth: 0)
    } else {
      try take(.recording(path, isNamed: true))
    }
  }

  /// Walks an open folder and closes it; for a negative descriptor the reason is in `errno`.
  private mutating func walk(_ descriptor: Int32, _ path: RecordingPath, depth: Int) throws {
    guard descriptor >= 0, let stream = fdopendir(descriptor) else {
      let reason = errno
      if descriptor >= 0 { close(descriptor) }
      return try fail(path, "The folder could not be opened (\(describe(reason)))")
    }
    defer { closedir(stream) }
    // A folder sorts as its name with the slash that follows, so that whole paths come in the order of their
    // bytes.
    var found: [(name: [UInt8], isFolder: Bool)] = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") {
        switch kind(of: name, type: Int(entry.pointee.d_type), in: descriptor) {
        case DT_DIR where !fits(selection.exclude, name, in: path):
          found.append((name + [UInt8(ascii: "/")], true))
        case DT_REG where isSelected(name, in: path):
          let kind = fileExtension(of: name)
          if extensions.contains(kind) || limits.rawFormat(of: path.appending(name)) != nil {
            found.append((name, false))
          } else {
            passedOver[kind, default: 0] += 1
          }
        default: break
        }
      }
      errno = 0
    }
    if errno != 0 { try fail(path, "The folder could not be read to its end (\(describe(errno)))") }
    found.sort { $0.name.lexicographicallyPrecedes($1.name) }
    for (name, isFolder) in found {
      guard isFolder else {
        try takeFile(name, in: path)
        continue
      }
      let inner = path.appending(Array(name.dropLast()))
      if let maximum = selection.maximumDepth, depth >= maximum { continue }
      if depth == ShareWalk.deepest {
        try fail(inner, "The folder lies more than \(ShareWalk.deepest) deep and was not entered")
      } else {
        let folder = open(folder: Array(name.dropLast()), in: descriptor, flags: O_NOFOLLOW)
        if selection.staysOnFileSystem, folder >= 0, device(of: folder) != share.device {
          close(folder)
        } else {
          try walk(folder, inner, depth: depth + 1)
        }
      }
    }
  }

  /// Takes a file; not the second leg of a call whose first one is taken.
  private func takeFile(_ name: [UInt8], in folder: RecordingPath) throws {
    let path = folder.appending(name)
    if let first = limits.firstLeg(of: path), isSelected(first.name.bytes, in: folder) { return }
    try take(.recording(path, isNamed: false))
  }

  private func fail(_ path: RecordingPath, _ sentence: String) throws {
    let message = sentence + "; let the account that runs talkspurt read it."
    try take(.failure(CallFailure(path: path, code: .unreadable, message: message), path))
  }

  private func open(folder name: [UInt8], in parent: Int32, flags: Int32) -> Int32 {
    withCString(name) { openat(parent, $0, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK | flags) }
  }

  /// The file system on which the folder at `path` lies; nil where it is none.
  private func deviceOfFolder(_ path: RecordingPath) -> dev_t? {
    var status = stat()
    let isFolder = withCString(path.bytes) { stat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFDIR
    return isFolder ? status.st_dev : nil
  }

  private func device(of descriptor: Int32) -> dev_t? {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? status.st_dev : nil
  }

  /// The `DT_` number of an entry; some file systems do not fill it in, and `fstatat` is needed.
  private func kind(of name: [UInt8], type: Int, in folder: Int32) -> Int {
    guard type == DT_UNKNOWN else { return type }
    var status = stat()
    guard withCString(name, { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }) == 0 else { return type }
    return Int(status.st_mode & S_IFMT) >> 12
  }

  private func isSelected(_ name: [UInt8], in folder: RecordingPath) -> Bool {
    (selection.include.isEmpty || fits(selection.include, name, in: folder))
      && !fits(selection.exclude, name, in: folder)
  }

  /// Whether one of the patterns matches the name, or the path below the share.
  private func fits(_ patterns: [[UInt8]], _ name: [UInt8], in folder: RecordingPath) -> Bool {
    patterns.contains { pattern in
      let isOfPath = pattern.contains(UInt8(ascii: "/"))
      let text = isOfPath ? Array(folder.appending(name).bytes.dropFirst(share.prefix)) : name
      return withCString(pattern) { pattern in withCString(text) { fnmatch(pattern, $0, 0) } } == 0
    }
  }
}

func withCString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
  (bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer { body($0.baseAddress!) }
}

private func describe(_ error: Int32) -> String { String(cString: strerror(error)) }
