import CallModel

/// How many bytes of sound follow the header of the chunk `data`, and whether the header is right about them.
///
/// Recorders write the length last. Before that it is 0 (Asterisk), the largest number (ffmpeg; SoX writes
/// 0x7FFFF000), or an earlier length.
struct Extent {
  /// In bytes.
  let length: Int
  let status: Recording.Status
  /// What the header has wrong, one sentence each.
  var notes: [String] = []
  /// Where another recording begins behind this one, in bytes.
  var next: Int?

  init(
    of data: Chunk, declared: (length: Int, isWide: Bool), format: WaveFormat, in chunks: ChunkReader
  ) throws(Refusal) {
    let there = chunks.file.size - data.start
    if declared.length > there {
      let isPlaceholder = declared.length >= (declared.isWide ? 1 << 62 : 0x7FFF_F000)
      let missing = declared.length - there
      let isWhole = missing <= Extent.slack(format)
      (length, status) = (there, isPlaceholder ? .recovered : isWhole ? .ok : .truncated)
      return
    }
    let end = chunks.position(after: Chunk(id: data.id, start: data.start, length: declared.length))
    if declared.length > 0, chunks.file.size - data.start - declared.length < chunks.headerSize {
      (length, status) = (declared.length, .ok)
    } else if let others = chunks.chunks(from: end), !others.isEmpty {
      (length, status) = (declared.length, .ok)
      let second = others.first { ["data", "RIFF", "RIFX", "RF64"].contains($0.id) }
      next = second.map { $0.start - chunks.headerSize }
      if second?.id == "data" {
        throw Refusal(
          .malformed,
          "The file has two chunks with sound, the second from byte \(second!.start) on; split it there.")
      }
    } else if Extent.isForeign(from: end, behind: declared.length, of: data, in: chunks) {
      (length, status) = (declared.length, .ok)
      notes = ["\(chunks.file.size - end) bytes behind the sound are none and were left out."]
    } else {
      (length, status) = (there, .recovered)
    }
  }

  /// How much sound may be missing of a file that is whole, in bytes: 20 ms, a packet of a telephone line, which
  /// recorders count when they have not written it.
  private static func slack(_ format: WaveFormat) -> Int {
    let frames = format.sampleRate / 50
    return (frames * format.blockSize + format.framesPerBlock - 1) / format.framesPerBlock
  }

  /// Whether what stands from `end` on is something other than sound, though it is no chunk. A header in which the
  /// lengths of file and sound agree was finished, unless more stands behind it than it has: then it is that of an
  /// earlier moment. Printable text is never sound.
  private static func isForeign(
    from end: Int, behind declared: Int, of data: Chunk, in chunks: ChunkReader
  ) -> Bool {
    guard declared > 0 else { return false }
    let head = chunks.file.bytes(at: end, count: 256)
    if head.allSatisfy({ $0 == 9 || $0 == 10 || $0 == 13 || 32...126 ~= $0 }) { return true }
    let agrees = (data.start + declared...end).contains(chunks.claimedEnd)
    return agrees && chunks.file.size - end <= declared
  }
}
