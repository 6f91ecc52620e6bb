import CallModel

/// What Asterisk's `queue_log` says of one call: `epoch|call|queue|agent|event|…`, one event a line.
struct QueueLog: Sendable {
  /// One line.
  struct Entry: Sendable {
    let call: String
    let queue: String
    let agent: String
    let event: String

    /// The entry in a line; nil where it is none.
    init?(_ line: String) {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false)
      guard fields.count >= 5, let epoch = Int(fields[0]), epoch > 100_000_000 else { return nil }
      (call, queue, agent, event) = (
        String(fields[1]), String(fields[2]), String(fields[3]), String(fields[4])
      )
    }
  }

  /// What is known of a call.
  struct Known: Sendable, Hashable {
    var queue: String?
    var agent: String?
    var endedBy: String?
  }

  /// Nil where no event says anything.
  private(set) var known: Known?

  /// Takes an event of the call: who answered first, and who hung up.
  mutating func take(_ entry: Entry) {
    var known = known ?? Known()
    switch entry.event {
    case "ENTERQUEUE": known.queue = known.queue ?? entry.queue
    case "CONNECT":
      known.queue = known.queue ?? entry.queue
      known.agent = known.agent ?? extensionOfChannel(entry.agent) ?? entry.agent
    case "COMPLETEAGENT": known.endedBy = "agent"
    case "COMPLETECALLER", "ABANDON": known.endedBy = "customer"
    default: return
    }
    self.known = known
  }
}

extension Evidence {
  /// Adds what the queue knows of a call; it names who answered, where a row has a channel alone.
  mutating func take(_ queue: QueueLog.Known) {
    if let agent = queue.agent { take(.agent, agent) }
    if fields[.queue] == nil { take(.queue, queue.queue) }
    take(.endedBy, queue.endedBy)
  }
}
