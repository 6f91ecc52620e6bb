import CallModel
import Testing

@testable import CallAnalysis

/// Cases drawn on paper: frames are columns, `#` is speech, the last line is the class of each column.
struct FloorStatesTests {
  /// The speech of a drawn line.
  private func speech(_ line: String) -> [Range<Int>] {
    [FrameRange](of: line.map { $0 == "#" })
  }

  /// The classes as they are drawn: `p`ause, `g`ap, `w`ithin and `b`etween; blank elsewhere.
  private func drawing(agent: String, customer: String) -> String {
    var columns = [Character](repeating: " ", count: agent.count)
    for state in FloorState.all(in: ByParty(agent: speech(agent), customer: speech(customer))) {
      let mark: Character =
        switch state.kind {
        case .pause: "p"
        case .gap: "g"
        case .overlapWithin: "w"
        case .overlapBetween: "b"
        }
      for frame in state.frames { columns[frame] = mark }
    }
    return String(columns)
  }

  private func transfers(agent: String, customer: String) -> [Int] {
    FloorState.all(in: ByParty(agent: speech(agent), customer: speech(customer))).compactMap(\.transfer)
  }

  @Test(arguments: [
    // A pause, a gap, an overlap that takes the floor, a word within the other's speech, another overlap.
    (
      "###..####........#########.....",
      ".............######.##..######.",
      "   pp    gggg    bb ww  bb     ", [4, -2, -2]
    ),
    ("####......", "......####", "    gg    ", [2]),
    ("#######...", "....######", "    bbb   ", [-3]),
    ("##########", "...###....", "   www    ", []),
    ("###....###", "..........", "   pppp   ", []),
    // The other's word lies in a pause: the floor goes there and back.
    ("###....###", "....##....", "   g  g   ", [1, 1]),
    // The floor changes without a gap and without an overlap.
    ("#####.....", ".....#####", "          ", [0]),
  ])
  func statesHaveTheirClass(_ agent: String, _ customer: String, _ classes: String, _ offsets: [Int]) {
    #expect(drawing(agent: agent, customer: customer) == classes)
    #expect(transfers(agent: agent, customer: customer) == offsets)
    // The classes name no party.
    #expect(drawing(agent: customer, customer: agent) == classes)
    #expect(transfers(agent: customer, customer: agent) == offsets)
  }

  @Test(arguments: [
    // Nobody spoke alone before or after.
    ("####......", "#######...", "          ", []),
    ("...#######", ".....#####", "          ", []),
    ("####......", "####......", "          ", []),
    ("..........", "..........", "          ", []),
    // Both change in one frame: who speaks alone before and after decides each part.
    ("#######...", "...####.##", "   bbbbg  ", [-4, 1]),
    ("#######.##", "...####...", "   wwwwp  ", []),
    ("###..####.", ".....#####", "   ggbbbb ", [2, -4]),
  ])
  func endsAndCoincidences(_ agent: String, _ customer: String, _ classes: String, _ offsets: [Int]) {
    #expect(drawing(agent: agent, customer: customer) == classes)
    #expect(transfers(agent: agent, customer: customer) == offsets)
  }

  @Test func aStateKnowsWhoseFloorItWasAndWhoseItIs() {
    #expect(
      FloorState.all(in: ByParty(agent: [0..<30, 80..<90], customer: [20..<60])) == [
        FloorState(frames: 20..<30, isOverlap: true, before: .agent, after: .customer),
        FloorState(frames: 60..<80, isOverlap: false, before: .customer, after: .agent),
      ])
  }
}
