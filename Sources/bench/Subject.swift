import Platform

/// The subject of the measurements: a rollout and a home.
struct Subject {
  let rollout: Place
  let home: Place

  /// The path of the rollout or home, and its description for the report.
  struct Place {
    let path: String
    let origin: String
  }

  /// The size of a generated rollout, and the part of a larger one that is used where it has to be
  /// in memory, in bytes.
  static let size = 64 << 20
  /// The number of copies of each thread of the fixtures in a generated home.
  private static let copies = 50
  private static let fixtures = "Fixtures/home"

  /// - Parameters:
  ///   - path: The rollout or home to measure; nil for the fixtures. Of a home's rollouts a large
  ///     one is generated.
  ///   - folder: The folder for generated files.
  init(_ path: String?, makingFilesIn folder: String) throws {
    let given = path.map { Path.normalize(Path.join(Path.current, $0)) }
    let isHome = try given.map { try FileStatus(path: $0).kind == .directory } ?? false
    if let given, !isHome {
      rollout = Place(path: given, origin: given)
    } else {
      rollout = try Self.rollout(of: given ?? Self.fixtures, in: folder)
    }
    if let given, isHome {
      home = Place(path: given, origin: given)
    } else {
      home = try Self.home(in: folder)
    }
  }

  /// Generates one large rollout: repetitions of the rollouts of a home.
  private static func rollout(of home: String, in folder: String) throws -> Place {
    let templates = try Template.rollouts(of: home, upTo: size)
    let path = Path.join(folder, "rollout.jsonl")
    try Directory.create(folder)
    let file = try File(path, for: .appendingOrCreating)
    let rounds = max(1, size / templates.reduce(0) { $0 + $1.text.count })
    for round in 0..<rounds {
      for template in templates { try file.append(template.text.copy(round).span.bytes) }
    }
    return Place(
      path: path, origin: "\(templates.count) rollouts of \(home), \(rounds) times, with new ids")
  }

  /// Generates a home with copies of the threads of the fixtures.
  private static func home(in folder: String) throws -> Place {
    let templates = try Template.rollouts(of: fixtures, upTo: size)
    let home = Path.join(folder, "home")
    for round in 0..<copies {
      for template in templates {
        let name = String(decoding: template.path.copy(round), as: UTF8.self)
        let path = Path.join(home, name)
        try Directory.create(Path.directory(of: path))
        try File(path, for: .appendingOrCreating).append(template.text.copy(round).span.bytes)
      }
    }
    return Place(
      path: home,
      origin: "\(templates.count) rollouts of \(fixtures), \(copies) times, with new ids")
  }
}
