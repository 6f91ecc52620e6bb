extension [Bool] {
  /// The share of a row of yes and no that one change from one to the other explains, 0 to 1: 1 for a party whose
  /// mood changes for good, about half for two people who take turns.
  var shareOfSingleChange: Double {
    let total = count(where: \.self)
    var before = 0
    var best = 0
    for (index, value) in enumerated() {
      before += value ? 1 : 0
      let noAfter = count - index - 1 - (total - before)
      best = Swift.max(best, before + noAfter, count - before - noAfter)
    }
    return isEmpty ? 1 : Double(best) / Double(count)
  }
}
