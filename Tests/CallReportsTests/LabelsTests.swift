import CallModel
import CallReports
import Testing

@Suite struct LabelsTests {
  @Test func rttmHasTenFieldsAndRunsForward() throws {
    let lines = rttm(Sample.badCall).split(separator: "\n")
    #expect(lines.count == 12)
    var last = 0.0
    for line in lines {
      let fields = line.split(separator: " ", omittingEmptySubsequences: false)
      #expect(fields.count == 10)
      #expect(fields[0] == "SPEAKER" && fields[1] == "8123")
      #expect(fields[7] == (fields[2] == "1" ? "agent" : "customer"))
      let start = try #require(Double(fields[3])), duration = try #require(Double(fields[4]))
      #expect(start >= last && duration > 0)
      last = start
    }
    #expect(lines[0] == "SPEAKER 8123 1 12.400 4.100 <NA> <NA> agent <NA> <NA>")
  }

  @Test func rttmNamesWithoutBlanks() {
    let call = Sample.stereo(duration: 60, path: "a/my call\tof\u{A0}today\n.x.wav")
    #expect(rttm(call).hasPrefix("SPEAKER my_call_of_today_.x 1 "))
    #expect(rttm(Sample.stereo(duration: 60, path: "a/.wav")).hasPrefix("SPEAKER .wav 1 "))
  }

  @Test func oneChannelIsOneSpeaker() {
    let lines = rttm(Sample.mono).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines.allSatisfy { $0.contains(" speech ") })
  }

  @Test func audacityLabelsHaveThreeFieldsInOrder() throws {
    let lines = audacityLabels(Sample.badCall).split(separator: "\n")
    #expect(lines.count == 12 + 7)
    var last = 0.0
    for line in lines {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(fields.count == 3)
      let start = try #require(Double(fields[0])), end = try #require(Double(fields[1]))
      #expect(start >= last && end >= start && !fields[2].isEmpty)
      last = start
    }
    #expect(lines.contains("36.900000\t48.300000\tinterruption by customer, successful"))
    #expect(lines.contains("171.300000\t190.700000\tdead air, turn of agent"))
    #expect(lines.contains("70.000000\t120.000000\thold (music), leg of agent"))
  }
}
