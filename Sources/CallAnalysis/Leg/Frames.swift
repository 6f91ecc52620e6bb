/// Milliseconds as whole frames, at least one.
func frames(ms: Double) -> Int { max(1, Int((ms / 10).rounded())) }

/// Seconds as whole frames.
func frames(s: Double) -> Int { Int((s * 100).rounded()) }
