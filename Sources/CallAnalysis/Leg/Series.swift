extension Array {
  /// A list of `count` values by index, made in one simple loop.
  @inline(__always) init(count: Int, _ value: (Int) -> Element) {
    self.init(unsafeUninitializedCapacity: count) { values, number in
      guard let base = values.baseAddress else { return }
      for index in 0..<count { (base + index).initialize(to: value(index)) }
      number = count
    }
  }
}
