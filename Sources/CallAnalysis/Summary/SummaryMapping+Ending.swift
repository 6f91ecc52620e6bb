internal import CallModel

extension SummaryMapping {
  /// How the call ended.
  func ending(_ reasons: inout Reasons) -> Ending {
    var ending = facts.ending.ending
    ending.from = facts.ending.from.milliseconds
    ending.tail = reasons.value(
      facts.tailStart.map { (facts.duration - seconds($0)).milliseconds }, "ending.tail_s",
      else: "nothing is heard in the recording")
    return ending
  }
}
