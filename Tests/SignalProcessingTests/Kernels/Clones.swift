import CVectors.Clones
import Testing

/// The clones of a kernel that this processor runs, and the kernel that chooses among them.
func clones<Kernel>(_ baseline: Kernel, _ wide: Kernel, _ chosen: Kernel) -> [Kernel] {
  can_run_wide() ? [baseline, wide, chosen] : [baseline, chosen]
}

/// What a kernel computes: every clone gives the same bits.
func agreed<Kernel>(
  _ clones: [Kernel], sourceLocation: SourceLocation = #_sourceLocation, _ run: (Kernel) -> [Float]
) -> [Float] {
  let results = clones.map(run)
  for result in results {
    #expect(result.map(\.bitPattern) == results[0].map(\.bitPattern), sourceLocation: sourceLocation)
  }
  return results[0]
}

/// What a kernel counts: every clone gives the same.
func agreed<Kernel, Count: BinaryInteger>(
  _ clones: [Kernel], sourceLocation: SourceLocation = #_sourceLocation, _ run: (Kernel) -> [Count]
) -> [Count] {
  let results = clones.map(run)
  for result in results { #expect(result == results[0], sourceLocation: sourceLocation) }
  return results[0]
}

/// Whether values are those of a plain loop, to a share of the largest.
func expectEqual(
  _ found: [Float], _ plain: [Float], within tolerance: Float = 1e-5,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == plain.count, sourceLocation: sourceLocation)
  let scale = plain.map(abs).max() ?? 0
  for (one, other) in zip(found, plain) {
    #expect(abs(one - other) <= tolerance * scale, sourceLocation: sourceLocation)
  }
}
