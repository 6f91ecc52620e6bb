import CallModel
import CallReports
import Foundation
import Testing

/// Formats of others, read back by their own rules.
@Suite struct FormatsTests {
  // MARK: TextGrid

  private struct Tier: Equatable {
    var kind: String, name: String
    /// From, to (nil for a point) and text.
    var items: [(from: Double, to: Double?, text: String)]

    static func == (a: Tier, b: Tier) -> Bool {
      a.kind == b.kind && a.name == b.name && a.items.map(\.text) == b.items.map(\.text)
    }
  }

  /// Reads a TextGrid as Praat does: numbers, quoted texts and flags in their order, whatever stands between.
  private func tiers(in grid: String) throws -> (end: Double, tiers: [Tier]) {
    var tokens: [String] = []
    for match in grid.matches(of: /"((?:[^"]|"")*)"|<exists>|=\s*(-?[0-9.]+)/) {
      if let text = match.output.1 {
        tokens.append("\"" + text.replacingOccurrences(of: "\"\"", with: "\""))
      } else if let number = match.output.2 {
        tokens.append(String(number))
      }
    }
    var rest = tokens[...]
    func next() throws -> String {
      let token = rest.popFirst()
      return try #require(token)
    }
    func text() throws -> String {
      let token = try next()
      #expect(token.hasPrefix("\""))
      return String(token.dropFirst())
    }
    func number() throws -> Double {
      let token = try next()
      return try #require(Double(token))
    }
    #expect(try text() == "ooTextFile")
    #expect(try text() == "TextGrid")
    #expect(try number() == 0)
    let end = try number()
    var found: [Tier] = []
    for _ in 0..<Int(try number()) {
      var tier = Tier(kind: try text(), name: try text(), items: [])
      #expect(try number() == 0)
      #expect(try number() == end)
      for _ in 0..<Int(try number()) {
        let from = try number()
        let to = tier.kind == "IntervalTier" ? try number() : nil
        tier.items.append((from, to, try text()))
      }
      found.append(tier)
    }
    #expect(rest.isEmpty)
    return (end, found)
  }

  @Test func textGridTiersCoverTheCallAndHoldTheTalkspurts() throws {
    let (end, found) = try tiers(in: textGrid(Sample.badCall))
    #expect(end == 245.38)
    #expect(found.map(\.name) == ["agent", "customer", "events"])
    for (tier, party) in zip(found, Party.allCases) {
      var time = 0.0
      for item in tier.items {
        #expect(item.from == time)
        time = try #require(item.to)
        #expect(time > item.from)
      }
      #expect(time == end)
      let spoken = tier.items.filter { !$0.text.isEmpty }.map { TimeRange($0.from, $0.to ?? 0) }
      #expect(spoken == Sample.badCall[party].talkspurts)
    }
    let points = found[2].items
    #expect(points.map(\.from) == points.map(\.from).sorted())
    #expect(Set(points.map(\.from)).count == points.count)
    #expect(points.contains { $0.from == 70 && $0.text == "hold (music), leg of agent" })
    #expect(points.contains { $0.from == 171.3 && $0.text.contains("; Nobody spoke for 19 s") })
  }

  @Test func textGridQuotesAndOneChannel() throws {
    var call = Sample.mono
    call.findings = [Finding(.lowLevel, .notice, start: 1, end: 2, message: "a \"quoted\"\nline")]
    let (_, found) = try tiers(in: textGrid(call))
    #expect(found.map(\.name) == ["speech", "events"])
    #expect(found[0].items.map(\.text) == ["", "speech", "", "speech", "", "speech", ""])
    #expect(found[1].items[0].text == "a \"quoted\"\\nline")
  }

  // MARK: WebVTT

  @Test func captionsFollowTheGrammar() throws {
    var call = Sample.badCall
    call.findings[0].message = "1 < 2 & 3 --> 4"
    let blocks = webVTT(call).components(separatedBy: "\n\n")
    #expect(blocks[0] == "WEBVTT")
    #expect(blocks.count == 1 + 12 + 7 + 2)
    var last = 0.0
    func seconds(_ hours: Substring, _ minutes: Substring, _ seconds: Substring) throws -> Double {
      let (hours, minutes) = (try #require(Double(hours)), try #require(Double(minutes)))
      return 3600 * hours + 60 * minutes + (try #require(Double(seconds)))
    }
    for block in blocks.dropFirst() {
      let lines = block.split(separator: "\n")
      #expect(lines.count == 2)
      let match = try /(\d\d+):(\d\d):(\d\d\.\d\d\d) --> (\d\d+):(\d\d):(\d\d\.\d\d\d)/.wholeMatch(
        in: lines[0])
      let time = try #require(match).output
      let (start, end) = (try seconds(time.1, time.2, time.3), try seconds(time.4, time.5, time.6))
      #expect(start >= last && end > start)
      last = start
      #expect(!lines[1].contains("-->"))
    }
    #expect(webVTT(call).contains("\n00:00:12.400 --> 00:00:16.500\n<v agent>agent speaks\n"))
    #expect(webVTT(call).contains("notice: 1 &lt; 2 &amp; 3 --&gt; 4\n"))
    #expect(
      webVTT(call).contains(
        "\n00:00:36.900 --> 00:00:48.300\n<v customer>interruption by customer, successful\n"))
    #expect(webVTT(Sample.stereo(duration: 7300)).contains("02:01:"))
  }

  // MARK: Call Analytics

  private func analytics(_ call: CallSummary) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(callAnalytics(call).utf8))
    return try #require(object as? [String: Any])
  }

  @Test func callAnalyticsHasItsKeysAndMilliseconds() throws {
    let call = Sample.badCall
    let document = try analytics(call)
    #expect(Set(document.keys) == ["Channel", "JobStatus", "Participants", "ConversationCharacteristics"])
    let roles = (document["Participants"] as? [[String: String]])?.compactMap { $0["ParticipantRole"] }
    #expect(roles == ["AGENT", "CUSTOMER"])
    let all = try #require(document["ConversationCharacteristics"] as? [String: Any])
    #expect(all["TotalConversationDurationMillis"] as? Int == 245_380)
    let talk = try #require(all["TalkTime"] as? [String: Any])
    let details = try #require(talk["DetailsByParticipant"] as? [String: [String: Int]])
    #expect(details["AGENT"] == ["TotalTimeMillis": Int((call.parties.agent.talk! * 1000).rounded())])
    let total = details.values.reduce(0) { $0 + ($1["TotalTimeMillis"] ?? 0) }
    #expect(talk["TotalTimeMillis"] as? Int == total)

    let silence = try #require(all["NonTalkTime"] as? [String: Any])
    let instances = try #require(silence["Instances"] as? [[String: Int]])
    #expect(
      instances.map { $0["BeginOffsetMillis"] } == [69_300, 171_300])
    for instance in instances {
      #expect(Set(instance.keys) == ["BeginOffsetMillis", "EndOffsetMillis", "DurationMillis"])
      #expect(instance["EndOffsetMillis"]! - instance["BeginOffsetMillis"]! == instance["DurationMillis"]!)
    }
    #expect(
      silence["TotalTimeMillis"] as? Int == instances.reduce(0) { $0 + ($1["DurationMillis"] ?? 0) })

    let cuts = try #require(all["Interruptions"] as? [String: Any])
    #expect(cuts["TotalCount"] as? Int == 1)
    #expect(cuts["TotalTimeMillis"] as? Int == 11_400)
    let by = try #require(cuts["InterruptionsByInterrupter"] as? [String: [[String: Int]]])
    #expect(
      by == [
        "CUSTOMER": [
          ["BeginOffsetMillis": 36_900, "EndOffsetMillis": 48_300, "DurationMillis": 11_400]
        ]
      ])
  }

  @Test func callAnalyticsOfOneChannelKnowsNoParticipants() throws {
    let document = try analytics(Sample.mono)
    #expect((document["Participants"] as? [Any])?.isEmpty == true)
    let all = try #require(document["ConversationCharacteristics"] as? [String: Any])
    #expect((all["TalkTime"] as? [String: Any])?["TotalTimeMillis"] as? Int == 52_550)
  }
}
