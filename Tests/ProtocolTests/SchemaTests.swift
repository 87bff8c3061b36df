import Foundation
import JSON
import Protocol
import Testing

@Suite struct SchemaTests {
  /// Where we take more than the published schema says, and why.
  static let looser: [(place: String, published: String?, ours: String?)] = {
    let item = "definitions/ResponseItem/oneOf"
    return [
      // Newer servers take thoughts without an id.
      ("\(item)/reasoning/required/id", "true", nil),
      ("\(item)/reasoning/properties/id/type", "string", "null string"),
      // And an output that names no call.
      ("\(item)/function_call_output/required/call_id", "true", nil),
      ("\(item)/function_call_output/properties/call_id/type", "string", "null string"),
      // Both kinds of output come in the same three shapes.
      ("\(item)/custom_tool_call_output/properties/output/type", "string", nil),
      (
        "\(item)/custom_tool_call_output/properties/output/$ref", nil,
        "#/definitions/FunctionCallOutputPayload"
      ),
    ]
  }()

  @Test func `the params of resume have the published schema`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Fixtures/schemas/ThreadResumeParams.seed.json")
    let published = try flattened(RawJSON(validBytes: Array(Data(contentsOf: file))))
    let derived = try flattened(
      SchemaBuilder.document(of: ThreadResumeParams.self, includingNewer: false))
    #expect(published.count > 200)

    let places = Set(published.keys).union(derived.keys).filter { published[$0] != derived[$0] }
    #expect(places.sorted() == Self.looser.map(\.place).sorted())
    for (place, wanted, ours) in Self.looser {
      #expect(published[place] == wanted, "\(place)")
      #expect(derived[place] == ours, "\(place)")
    }
  }

  @Test func `what is newer than the seed is in the full schema only`() throws {
    let seed = try flattened(
      SchemaBuilder.document(of: ThreadResumeParams.self, includingNewer: false))
    let full = try flattened(SchemaBuilder.document(of: ThreadResumeParams.self))
    for place in [
      "properties/excludeTurns/type", "properties/serviceTier/type",
      "definitions/ResponseItem/oneOf/tool_search_call/required/arguments",
      "definitions/AskForApproval/anyOf/1/properties/granular/required/mcp_elicitations",
      "definitions/FunctionCallOutputBody/anyOf/0/type", "definitions/Personality/enum/none",
    ] {
      #expect(seed[place] == nil && full[place] != nil, "\(place)")
    }
  }
}

/// Each scalar of a document by its place. Lists of strings are sets, and variants are named by
/// their tag, so that order does not matter.
private func flattened(_ document: RawJSON) throws -> [String: String] {
  try withJSON(document.bytes) { (root) throws(JSONError) in
    var scalars: [String: String] = [:]
    flatten(root, at: [], into: &scalars)
    return scalars
  }
}

private func flatten(_ value: JSONValue, at place: [String], into scalars: inout [String: String]) {
  let here = place.joined(separator: "/")
  switch value.kind {
  case .object:
    value.forEachMember { name, member in
      flatten(member, at: place + [name.asString ?? ""], into: &scalars)
    }
  case .array where place.last == "type":
    scalars[here] = value.elements.compactMap(\.asString).sorted().joined(separator: " ")
  case .array:
    for (index, element) in value.elements.enumerated() {
      if let name = element.asString {
        scalars["\(here)/\(name)"] = "true"
      } else {
        flatten(element, at: place + [tag(of: element) ?? "\(index)"], into: &scalars)
      }
    }
  default: scalars[here] = value.asString ?? String(decoding: value.text, as: UTF8.self)
  }
}

private func tag(of variant: JSONValue) -> String? {
  variant["properties"]?["type"]?["enum"]?.elements.first?.asString
}
