/// A table of results, written row by row.
struct Report {
  /// Writes a line, which is given without its line end.
  let write: (String) -> Void

  /// The work of one run.
  struct Work {
    /// The number of bytes that were processed.
    let bytes: Int
    let note: String
  }

  func begin(_ subject: Subject) {
    write("rollout: \(subject.rollout.origin)")
    write("home: \(subject.home.origin)")
    write("\n\(cells("best of some runs", "GB/s", "MB", "ms"))")
  }

  /// Measures some runs and reports the shortest one, since other load can only make a run longer.
  func row(_ name: String, _ run: () throws -> Work) rethrows {
    let clock = ContinuousClock()
    let start = clock.now
    var best: (time: Double, work: Work)?
    var runs = 0
    repeat {
      let runStart = clock.now
      let work = try run()
      let time = (clock.now - runStart) / .seconds(1)
      if time < best?.time ?? .infinity { best = (time, work) }
      runs += 1
    } while runs < Self.runs && clock.now - start < Self.patience
    guard let (time, work) = best else { return }
    let speed = Double(work.bytes) / time / 1e9
    let size = megabytes(work.bytes)
    write(
      "\(cells(name, decimal(speed, places: 2), size, decimal(time * 1e3, places: 2)))  \(work.note)"
    )
  }

  private static let runs = 15
  /// The time behind which no further run begins.
  private static let patience = Duration.seconds(1.5)

  private func cells(_ name: String, _ speed: String, _ size: String, _ time: String) -> String {
    let name = name + spaces(20 - name.count)
    return [speed, size, time].reduce(name) { $0 + spaces(9 - $1.count) + $1 }
  }
}

/// A size in millions of bytes, with one decimal.
func megabytes(_ bytes: Int) -> String { decimal(Double(bytes) / 1e6, places: 1) }

private func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

/// A positive number with a number of decimals.
private func decimal(_ value: Double, places: Int) -> String {
  let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
  let units = Int((value * Double(scale)).rounded())
  let fraction = String(units % scale)
  return "\(units / scale).\(String(repeating: "0", count: places - fraction.count))\(fraction)"
}
