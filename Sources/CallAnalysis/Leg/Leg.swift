internal import CallModel

/// One of the two legs of a call that has two: the first or the second analysed channel.
enum Leg: Int, OneOfTwo {
  case first, second
}

/// A value for each leg.
typealias ByLeg<Value> = Pair<Leg, Value>
