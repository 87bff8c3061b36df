package import JSON
package import Platform
package import Protocol
package import Rollouts

/// Makes the items of a plan, one at a time, from their records.
///
/// Items mostly have the order of the file, so records are read through a window that moves along;
/// outputs, which are further on, have a window of their own.
package final class ItemBuilder {
  private let records: RecordWindow
  private let outputs: RecordWindow
  private let directories: [String]
  private let leavesGaps: Bool
  let threadID: String
  /// The texts that were left out of the last item.
  package private(set) var gaps: [FileGap] = []
  /// The calls in the code cell that `records` holds, which can be very many.
  private var cell: (location: RecordLocation, calls: [CellCall])?
  /// The messages of the compaction that `records` holds.
  private var compaction: (location: RecordLocation, messages: [JSONValue])?

  /// - Parameters:
  ///   - files: The files of the thread, from the oldest on.
  ///   - leavesGaps: Whether the middle of very long texts is left out of items until these are
  ///     written.
  package init(
    _ files: [File], _ plan: HistoryPlan, threadID: String, leavesGaps: Bool = false
  ) {
    records = RecordWindow(files)
    outputs = RecordWindow(files)
    directories = plan.directories
    self.leavesGaps = leavesGaps
    self.threadID = threadID
  }

  /// Writes the last item, or a value that holds it, with the texts that were left out of it.
  ///
  /// - Parameter pause: Called between parts that are not large.
  /// - Throws: The error of a file that can no longer be read, or was cut or overwritten; all that
  ///   could be read was written.
  package func write(
    _ value: some WireValue, to out: inout JSONWriter, _ pause: (inout JSONWriter) -> Void
  ) throws(SystemError) {
    guard !gaps.isEmpty else {
      value.write(to: &out)
      return pause(&out)
    }
    var text = JSONWriter()
    value.write(to: &text)
    try FileGap.fill(gaps, in: text.bytes, to: &out, pause)
  }

  /// Makes an item; nil where its record turns out to hold none.
  ///
  /// - Throws: The error of a file that can no longer be read, or no longer holds a record of the
  ///   item.
  package func item(_ plan: ItemPlan) throws(SystemError) -> ThreadItem? {
    try item(of: record(of: plan), plan)
  }

  /// Makes an item with the times that its record holds; nil where the record turns out to hold
  /// none.
  ///
  /// - Throws: As `item`.
  package func timedItem(_ plan: ItemPlan) throws(SystemError) -> TimedItem? {
    let record = try record(of: plan)
    let tellsTimes = record.kind == .event(.itemCompleted)
    let startedAt = tellsTimes ? record.payload["started_at_ms"]?.asWholeNumber : nil
    let completedAt = tellsTimes ? record.payload["completed_at_ms"]?.asWholeNumber : nil
    return try item(of: record, plan).map {
      TimedItem(item: $0, startedAtMs: startedAt, completedAtMs: completedAt)
    }
  }

  /// An item, and the times that its record holds; only records of completed items hold any.
  package struct TimedItem {
    /// The item.
    package let item: ThreadItem
    /// When the work of the item began, in ms since 1970; nil where none is recorded.
    package let startedAtMs: Int64?
    /// When the work of the item ended, in ms since 1970; nil where none is recorded.
    package let completedAtMs: Int64?
  }

  private func record(of plan: ItemPlan) throws(SystemError) -> Record {
    if compaction?.location != plan.record { compaction = nil }
    gaps = []
    return try read(plan.record, through: records)
  }

  /// Reads a record, and notes what is left out of it.
  private func read(
    _ location: RecordLocation, through window: RecordWindow
  ) throws(SystemError) -> Record {
    guard leavesGaps else { return try window.record(at: location) }
    let record = try window.recordWithGaps(at: location)
    gaps += window.gaps
    return record
  }

  private func item(of record: Record, _ plan: ItemPlan) throws(SystemError) -> ThreadItem? {
    let id = identifier(of: record, plan)
    switch record.kind {
    case .event(.itemCompleted):
      return record.payload["item"].flatMap { item in
        ItemKinds.kind(ofCompleted: item)?.item(completed: item, id: id)
      }
    case .event(.agentReasoning), .event(.agentReasoningRawContent):
      return .reasoning(try reasoning(record, plan, id: id))
    case .event(let event): return ItemKinds.kind(of: event)?.item(event, record.payload, id: id)
    case .responseItem(.message), .compacted: return message(record, plan, id: id)
    case .responseItem(.reasoning):
      return .reasoning(ThreadItem.Reasoning(id: id, responseItem: record.payload))
    case .responseItem(let kind): return try call(kind, record, plan, id: id)
    default: return nil
    }
  }

  /// The id of an item (HISTORY.md 1).
  private func identifier(of record: Record, _ plan: ItemPlan) -> String {
    let suffix = plan.part > 0 ? ".\(plan.part + 1)" : ""
    if !plan.traits.contains(.repeatsID), let id = recordedID(of: record, plan) {
      // The items of a compaction have ids of their own; the calls in a code cell have that of the
      // cell.
      return record.kind == .compacted ? id : id + suffix
    }
    if let ordinal = record.ordinal, !plan.traits.contains(.identifiedByOffset) {
      return "item-o\(ordinal)\(suffix)"
    }
    return "item-\(plan.record.offset)\(suffix)"
  }

  /// The id that the record gives its item; nil where it gives none.
  private func recordedID(of record: Record, _ plan: ItemPlan) -> String? {
    switch record.kind {
    case .event(.itemCompleted):
      (record.payload["item"]?.ownID ?? record.payload.itemID)?.asString
    case .compacted: message(in: record, part: Int(plan.part))?.itemID?.asString
    default: record.payload.itemID?.asString
    }
  }

  private func message(_ record: Record, _ plan: ItemPlan, id: String) -> ThreadItem? {
    guard let item = message(in: record, part: Int(plan.part)) else { return nil }
    let message = ResponseMessage(item)
    if plan.traits.contains(.userMessage) {
      let content = ThreadItem.UserMessage.content(of: message)
      return .userMessage(ThreadItem.UserMessage(id: id, content: content))
    }
    if let prompts = message.hookPrompts {
      return .hookPrompt(ThreadItem.HookPrompt(id: id, prompts))
    }
    return .agentMessage(ThreadItem.AgentMessage(id: id, text: message.text, of: item))
  }

  /// The response item of a rebuilt message. A compaction can hold thousands of them.
  private func message(in record: Record, part: Int) -> JSONValue? {
    guard record.kind == .compacted else { return record.payload }
    if compaction?.location != record.location {
      let messages = record.payload["replacement_history"]?.elements ?? []
      compaction = (record.location, messages)
    }
    guard let messages = compaction?.messages, part < messages.count else { return nil }
    return messages[part]
  }

  /// The item of one or several events of reasoning.
  private func reasoning(
    _ record: Record, _ plan: ItemPlan, id: String
  ) throws(SystemError) -> ThreadItem.Reasoning {
    var item = ThreadItem.Reasoning(id: id)
    item.add(record)
    for more in plan.more { item.add(try read(more.record, through: outputs)) }
    return item
  }

  private func call(
    _ kind: ResponseItemKind, _ record: Record, _ plan: ItemPlan, id: String
  ) throws(SystemError) -> ThreadItem? {
    let call = ToolCall(
      kind, record.payload, id: id, directory: directories[Int(plan.directory)],
      threadID: threadID)
    guard !plan.more.isEmpty else {
      let output = try plan.output.flatMap { (location) throws(SystemError) in
        try toolOutput(at: location)
      }
      return item(of: call, record, plan, output)
    }
    let outputs = try toolOutputs(of: plan)
    let item = item(of: call, record, plan, outputs.first)
    guard outputs.count > 1, case .commandExecution(var command) = item else { return item }
    var total = CommandOutput(outputs[0])
    for next in outputs.dropFirst() { total.append(CommandOutput(next)) }
    command.apply(total)
    return .commandExecution(command)
  }

  private func item(
    of call: ToolCall, _ record: Record, _ plan: ItemPlan, _ output: ToolOutput?
  ) -> ThreadItem? {
    guard call.isCell else { return call.item(output) }
    if cell?.location != record.location {
      let code = record.payload.string("input") ?? ""
      cell = (record.location, CodeCell(code).calls())
    }
    return call.item(part: Int(plan.part), of: cell?.calls ?? [], output)
  }

  /// The outputs of a call and of the calls that continued it. The output of a wait for a code cell
  /// is part of the output before.
  private func toolOutputs(of plan: ItemPlan) throws(SystemError) -> [ToolOutput] {
    var outputs: [ToolOutput] = []
    for continuation in plan.outputs {
      guard let output = try toolOutput(at: continuation.record) else { continue }
      if continuation.isWait, !outputs.isEmpty {
        outputs[outputs.count - 1].append(wait: output)
      } else {
        outputs.append(output)
      }
    }
    return outputs
  }

  /// Reads the output at a place. Outputs are most of many files, and mostly plain texts, which are
  /// found without parsing.
  private func toolOutput(at location: RecordLocation) throws(SystemError) -> ToolOutput? {
    if leavesGaps, location.length > RecordWindow.longSize {
      return ToolOutput(try read(location, through: outputs).payload["output"])
    }
    let window = records.holds(location) ? records : outputs
    if let output = try window.payload(at: location)?.first("output"),
      output.first == UInt8(ascii: "\"")
    {
      let text = UnsafeBufferPointer(rebasing: output.dropFirst().dropLast())
      return ToolOutput(JSONText(escapedText: text))
    }
    return ToolOutput(try outputs.record(at: location).payload["output"])
  }
}
