import JSON
import Protocol
import Rollouts

extension ThreadItem.ReviewMode: ItemKind {
  static var events: [EventKind] { [.enteredReviewMode, .exitedReviewMode] }
  static var completedTypes: [String] { [entered, exited] }
  static var role: ItemRole { .review }

  private static let entered = "EnteredReviewMode"
  private static let exited = "ExitedReviewMode"

  /// Whether a completed item of this kind begins a review.
  static func isBeginning(_ item: JSONValue) -> Bool {
    item["type"]?.textEquals("EnteredReviewMode") ?? false
  }

  static func item(_ event: EventKind, _ payload: JSONValue, id: String) -> ThreadItem? {
    if event == .enteredReviewMode {
      return .enteredReviewMode(Self(id: id, review: request(payload)))
    }
    return .exitedReviewMode(Self(id: id, review: result(payload["review_output"])))
  }

  static func item(completed item: JSONValue, id: String) -> ThreadItem? {
    let text = JSONText(item.present("review"))
    if isBeginning(item) {
      return .enteredReviewMode(Self(id: id, review: text ?? request(item)))
    }
    return .exitedReviewMode(Self(id: id, review: text ?? result(item["review_output"])))
  }

  private init(id: String, review: JSONText) {
    self.init()
    self.id = id
    self.review = review
  }

  var searchedTexts: [String] { [review.string] }
}

// The texts of reviews (HISTORY.md 2).
extension ThreadItem.ReviewMode {
  /// The subject of a review.
  private static func request(_ source: JSONValue) -> JSONText {
    if let hint = JSONText(source.present("user_facing_hint")), !hint.isEmpty { return hint }
    let target = source["target"]
    switch target?.string("type") {
    case "uncommittedChanges": return "current changes"
    case "baseBranch":
      return JSONText("changes against '\(target?.string("branch") ?? "")'")
    case "commit":
      let sha = target?.string("sha")?.prefix(7) ?? ""
      let title = target?.string("title").map { ": \($0)" } ?? ""
      return JSONText("commit \(sha)\(title)")
    case "custom":
      return JSONText((target?.string("instructions") ?? "").trimmed)
    default: return "Review requested."
    }
  }

  /// The findings of a review.
  private static func result(_ output: JSONValue?) -> JSONText {
    var sections: [String] = []
    if let explanation = output?.string("overall_explanation")?.trimmed, !explanation.isEmpty {
      sections.append(explanation)
    }
    let findings = output?["findings"]?.elements ?? []
    if !findings.isEmpty {
      let heading = findings.count > 1 ? "Full review comments:" : "Review comment:"
      sections.append(([heading] + findings.map(finding)).joined(separator: "\n\n"))
    }
    if sections.isEmpty { return "Reviewer failed to output a response." }
    return JSONText(sections.joined(separator: "\n\n"))
  }

  private static func finding(_ finding: JSONValue) -> String {
    let location = finding["code_location"]
    let range = location?["line_range"]
    let start = range?["start"]?.asWholeNumber ?? 0
    let end = range?["end"]?.asWholeNumber ?? 0
    let path = location?.string("absolute_file_path") ?? ""
    let title = "- \(finding.string("title") ?? "") — \(path):\(start)-\(end)"
    let body = (finding.string("body") ?? "").replacing("\r\n", with: "\n")
    var lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return ([title] + lines.map { "  \($0)" }).joined(separator: "\n")
  }
}
