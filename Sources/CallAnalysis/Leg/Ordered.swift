/// The range from one bound to another. Settings may name a lower upper bound: the range then has the lower bound
/// alone.
func ordered<Bound>(_ lower: Bound, _ upper: Bound) -> ClosedRange<Bound> { lower...max(lower, upper) }
