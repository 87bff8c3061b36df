import Platform
import Rollouts
import Testing

@Suite struct RolloutNameTests {
  static let thread = "019cabcd-12ef-7034-8567-89abcdef01e1"
  static let segment = "019cabce-0000-7000-8000-0000000000aa"
  static let stem = "rollout-2026-03-04T09-15-30-\(thread)"

  @Test func `a name tells the time and the thread`() throws {
    let name = try #require(RolloutName("\(Self.stem).jsonl"))
    #expect(name.firstID.description == Self.thread)
    #expect(name.secondID == nil)
    #expect(name.lastID == name.firstID)
    #expect(!name.isCompressed && !name.isCopy)
    #expect(
      name.time == LocalTime(year: 2026, month: 3, day: 4, hour: 9, minute: 15, second: 30))
    #expect(name.description == "\(Self.stem).jsonl")
    #expect(name.dayFolder == "2026/03/04")
  }

  @Test func `a second id comes behind an underscore`() throws {
    let name = try #require(RolloutName("\(Self.stem)_\(Self.segment).jsonl"))
    #expect(name.firstID.description == Self.thread)
    #expect(name.lastID.description == Self.segment)
    #expect(name.contains(name.firstID) && name.contains(name.lastID))
    #expect(name.contains(UUID(version7At: 0)) == false)
    #expect(name.description == "\(Self.stem)_\(Self.segment).jsonl")
  }

  @Test(arguments: [
    (stem + ".jsonl", false, false), (stem + ".jsonl.zst", true, false),
    (stem + " (1).jsonl", false, true), (stem + " (23).jsonl.zst", true, true),
    ("\(stem)_\(segment) (1).jsonl", false, true), ("\(stem)_\(segment).jsonl.zst", true, false),
  ])
  func `compressed files and copies`(text: String, isCompressed: Bool, isCopy: Bool) throws {
    let name = try #require(RolloutName(text))
    #expect(name.isCompressed == isCompressed)
    #expect(name.isCopy == isCopy)
    #expect(name.firstID.description == Self.thread)
  }

  @Test func `an id in upper case is the same id`() throws {
    let text = "rollout-2026-03-04T09-15-30-\(Self.thread.uppercased()).jsonl"
    #expect(RolloutName(text) == RolloutName("\(Self.stem).jsonl"))
    #expect(RolloutName(text)?.description == "\(Self.stem).jsonl")
  }

  @Test(
    arguments: [
      "", "rollout-", ".DS_Store", "notes.jsonl", stem, "\(stem).json", "\(stem).jsonl.bak",
      "\(stem).jsonl.tmp", ".\(stem).jsonl", ".\(stem).jsonl.tmp", "\(stem).jsonl~",
      "x\(stem).jsonl",
      "ROLLOUT" + stem.dropFirst(7) + ".jsonl", "\(stem).JSONL", "\(stem).jsonl.gz",
      "\(stem).jsonl.zst.jsonl", "\(stem)_.jsonl", "\(stem)_\(segment)_\(segment).jsonl",
      "\(stem)-\(segment).jsonl", "\(stem) ().jsonl", "\(stem)(1).jsonl", "\(stem) (1.jsonl",
      "\(stem) (1) (1).jsonl", "\(stem.dropLast()).jsonl", "\(stem)0.jsonl",
      "rollout-2026-03-04T09:15:30-\(thread).jsonl", "rollout-2026-03-04-\(thread).jsonl",
      "rollout-26-03-04T09-15-30-\(thread).jsonl", "rollout-\(thread).jsonl",
      "rollout-2026-03-04T09-15-30-019cabcd12ef7034856789abcdef01e1.jsonl",
    ] as [String])
  func `what is no rollout's name`(text: String) {
    #expect(RolloutName(text) == nil)
  }

  @Test func `a new name is read as it was made`() throws {
    let time = LocalTime(year: 987, month: 1, day: 2, hour: 3, minute: 4, second: 5)
    let thread = UUID(version7At: 1_772_615_730_250)
    for segment in [nil, UUID(version7At: 1_772_615_730_999)] {
      let name = RolloutName(time: time, thread: thread, segment: segment)
      #expect(RolloutName(name.description) == name)
      #expect(name.dayFolder == "0987/01/02")
    }
  }
}
