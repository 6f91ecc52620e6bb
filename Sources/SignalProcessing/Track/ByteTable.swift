internal import CVectors

/// Columns of bytes, one value a frame, that decision trees ask.
public struct ByteTable: Sendable {
  /// What a column is made of.
  enum Column: Sendable {
    /// The same value in all frames.
    case constant(UInt8)
    /// A value for each frame, in this row of the bytes.
    case row(Int)
  }

  /// The number of frames.
  public let frameCount: Int
  private(set) var columns: [Column] = []
  /// Row behind row.
  private(set) var bytes: [UInt8] = []
  /// From one row to the next: whole groups of 64 frames, and not a power of two, which would have rows share places in
  /// the processor's cache.
  let stride: Int

  /// The number of columns.
  public var columnCount: Int { columns.count }

  /// A table without columns.
  public init(frames: Int, columns: Int) {
    frameCount = frames
    stride = (frames + 63) / 64 * 64 + 32
    bytes.reserveCapacity(stride * columns)
  }

  /// Adds a column; it has a value for each frame.
  public mutating func append(_ column: [UInt8]) {
    precondition(column.count == frameCount)
    columns.append(.row(bytes.count / stride))
    bytes += column
    bytes += repeatElement(0, count: stride - column.count)
  }

  /// Adds a column that has a value for each step of two frames, and 0 for a frame behind the last step.
  public mutating func appendSteps(_ column: [UInt8]) {
    precondition(2 * column.count <= frameCount)
    let first = bytes.count
    columns.append(.row(first / stride))
    bytes += repeatElement(0, count: stride)
    bytes.withUnsafeMutableBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return }
      doubleBytes(column, count: column.count, into: base + first)
    }
  }

  /// Adds a column that has the same value in all frames.
  public mutating func append(constant: UInt8) { columns.append(.constant(constant)) }

  /// The values of a column, frame by frame.
  public func values(column: Int) -> [UInt8] {
    switch columns[column] {
    case .constant(let value): [UInt8](repeating: value, count: frameCount)
    case .row(let row): Array(bytes[row * stride..<row * stride + frameCount])
    }
  }

  /// The value of a column in a frame.
  public subscript(frame frame: Int, column column: Int) -> UInt8 {
    switch columns[column] {
    case .constant(let value): value
    case .row(let row): bytes[row * stride + frame]
    }
  }
}
