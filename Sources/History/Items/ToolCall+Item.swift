import JSON
import Protocol

// The items that calls make where no event reports them (HISTORY.md 5).
extension ToolCall {
  /// Makes the item of the call; nil where it makes none.
  ///
  /// - Parameter output: The output; nil where none was recorded.
  func item(_ output: ToolOutput?) -> ThreadItem? {
    switch source {
    // The arguments are JSON in a string. A string that is not JSON is passed on.
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
  /// Makes the item of one call in a code cell, or of the whole cell where it is not shown as
  /// calls.
  ///
  /// - Parameters:
  ///   - part: The index of the call.
  ///   - calls: All calls in the code; none where it does more than calling tools.
  ///   - output: The output of the cell; nil where none was recorded.
  func item(part: Int, of calls: [CellCall], _ output: ToolOutput?) -> ThreadItem? {
    guard part < calls.count else { return ThreadItem.McpToolCall.item(self, output) }
    return calls[part].argument.withJSON { argument in
      let call = ToolCall(calls[part], argument, of: self, isFollowed: part + 1 < calls.count)
      let item = ItemKinds.kind(of: call).item(call, output)
      // A call whose kind makes no item is shown as the cell, if that only makes this call.
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
