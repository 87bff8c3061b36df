import JSON
import Rollouts

/// What a review is about, in words (HISTORY.md 2, entered_review_mode).
func reviewRequest(_ payload: JSONValue) -> JSONText {
  if let hint = JSONText(payload.present("user_facing_hint")), !hint.isEmpty { return hint }
  let target = payload["target"]
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

/// What a review found, in words (HISTORY.md 2, exited_review_mode).
func reviewResult(_ output: JSONValue?) -> JSONText {
  var sections: [String] = []
  if let explanation = output?.string("overall_explanation")?.trimmed, !explanation.isEmpty {
    sections.append(explanation)
  }
  let findings = output?["findings"]?.elements ?? []
  if !findings.isEmpty {
    let heading = findings.count > 1 ? "Full review comments:" : "Review comment:"
    sections.append(([heading] + findings.map(reviewFinding)).joined(separator: "\n\n"))
  }
  if sections.isEmpty { return "Reviewer failed to output a response." }
  return JSONText(sections.joined(separator: "\n\n"))
}

private func reviewFinding(_ finding: JSONValue) -> String {
  let location = finding["code_location"]
  let range = location?["line_range"]
  let start = range?["start"]?.asWholeNumber ?? 0
  let end = range?["end"]?.asWholeNumber ?? 0
  let path = location?.string("absolute_file_path") ?? ""
  let title = "- \(finding.string("title") ?? "") — \(path):\(start)-\(end)"
  let body = (finding.string("body") ?? "").split(separator: "\n", omittingEmptySubsequences: false)
  return ([title] + body.map { "  \($0)" }).joined(separator: "\n")
}
