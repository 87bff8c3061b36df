import JSON
import Protocol
import Rollouts
import System

// The items that calls are shown as where no event tells more (HISTORY.md 5).
extension ToolCall {
  /// The item that the call comes to.
  ///
  /// - Parameter output: Nil where none was recorded.
  func item(_ output: ToolOutput?) -> ThreadItem? {
    switch source {
    // The arguments are JSON in a string; what is none is passed on as the string.
    case .tool: item(withArguments: input, output) ?? itemAsItIs(output)
    case .customTool, .item: itemAsItIs(output)
    }
  }

  private func item(withArguments text: JSONValue?, _ output: ToolOutput?) -> ThreadItem? {
    text?.withNestedJSON { arguments in
      var call = self
      call.arguments = arguments
      return call.itemAsItIs(output)
    }
  }

  private func itemAsItIs(_ output: ToolOutput?) -> ThreadItem? {
    ItemKinds.kind(of: self).item(self, output) ?? ThreadItem.McpToolCall.item(self, output)
  }
}

// Code cells (HISTORY.md 5.1).
extension ToolCall {
  /// The item that one of the calls in the code comes to, or all of it where that is more than calls.
  ///
  /// - Parameters:
  ///   - part: Which of the calls.
  ///   - calls: All that the code makes.
  ///   - output: Nil where none was recorded.
  func item(part: Int, of calls: [CellCall], _ output: ToolOutput?) -> ThreadItem? {
    guard part < calls.count else { return ThreadItem.McpToolCall.item(self, output) }
    return calls[part].argument.withJSON { argument in
      let call = ToolCall(calls[part], argument, of: self, isFollowed: part + 1 < calls.count)
      let item = ItemKinds.kind(of: call).item(call, output)
      // What is not shown as what it does stays the code, if that does nothing else.
      return item ?? ThreadItem.McpToolCall.item(calls.count == 1 ? self : call, output)
    }
  }

  private init(_ call: CellCall, _ argument: JSONValue, of cell: ToolCall, isFollowed: Bool) {
    source = .tool
    id = cell.id
    payload = argument
    name = call.name
    namespace = call.namespace
    arguments = argument
    input = argument
    directory = cell.directory
    threadID = cell.threadID
    isInCell = true
    self.isFollowed = isFollowed
  }
}
