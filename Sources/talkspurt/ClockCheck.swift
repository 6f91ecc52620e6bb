import ArgumentParser
import CallStore
import Glibc

/// Refuses to go on where the store contradicts this machine's clock, with a sentence: a clock that is ahead prunes what
/// is not old, one that is behind takes what was pruned.
///
/// - Parameter gap: the longest time since the last run that is believed, in seconds.
func checkClock(of store: CallStore, gap: Int64 = .max) throws {
  let now = Int64(time(nil))
  guard let complaint = try store.complaint(aboutClock: now, gap: gap) else { return }
  StandardStream.complain(
    "The clock of this machine cannot be trusted: \(complaint), by the store. Set the clock, or give --accept-clock."
  )
  throw ExitCode(1)
}
