import CallModel
import CallWork
import FoundationEssentials
import TestSupport
import Testing

@Suite struct WorkRowTests {
  private func again<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
  }

  private func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  @Test func anItemIsWhatItWas() throws {
    for path in [RecordingPath("/a \"b\"\n.wav"), RecordingPath(bytes: [0x2F, 0xFF, 0x41])] {
      for id in [ItemID.number(7), .text("7"), nil] {
        let item = WorkItem(id: id, path: path, followsLinks: true)
        #expect(try again(item) == item)
      }
    }
    #expect(try text(WorkItem(id: .number(1), path: RecordingPath("a"))) == #"{"id":1,"path":"a"}"#)
  }

  @Test func aRowIsWhatItWas() throws {
    let failure = CallFailure(path: RecordingPath("/a.wav"), code: .timeout, message: "It took too long.")
    let landmarks = [Landmark(hash: 1, step: 2), Landmark(hash: .max, step: .max)]
    for row in [
      WorkRow(id: .number(1), outcome: .analysed(.sample()), landmarks: landmarks),
      WorkRow(id: .text("b"), outcome: .failed(failure)),
    ] {
      #expect(try again(row) == row)
    }
    #expect(
      try text(WorkRow(id: .text("b"), outcome: .failed(failure)))
        == #"{"failure":{"error":{"code":"timeout","message":"It took too long."},"path":"/a.wav","path_b64":null,"#
        + #""schema":"talkspurt.failure/1"},"id":"b","status":"timeout"}"#)
    #expect(
      try text(
        WorkRow(id: .number(1), outcome: .failed(failure), landmarks: [Landmark(hash: 1, step: 0x203)])
      )
      .contains(#""landmarks":"AQAAAAMCAAA=""#))
  }
}
