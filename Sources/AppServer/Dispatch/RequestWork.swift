import JSON
import JSONRPC
import Library
import Platform

/// Work for a request, which can run on any thread.
///
/// The snapshot is that of the shown thread, if the work runs on the loop's thread and must not wait
/// there; else nil.
typealias RequestWork = @Sendable (ThreadSnapshot?) -> RequestProgress

/// The state of a request after a piece of work.
enum RequestProgress: Sendable {
  /// The request is answered.
  case answered
  /// The given work remains to be done when no earlier request is in conflict with the given
  /// touches.
  case waits(Touches, RequestWork)
}

extension Method {
  /// Decodes the params of a request; nil if the request has none.
  static func decode(_ params: JSONValue?) throws(RPCError) -> Params {
    do throws(JSONError) {
      if let params, !params.isNull { return try Params(json: params) }
      guard let nothing = Params.whenMissing else { throw .missingField("params") }
      return nothing
    } catch {
      throw .malformed(error)
    }
  }

  /// The work that answers a request, or finds out what it has to wait for.
  static func work(_ params: Params, _ context: RequestContext) -> RequestWork {
    { snapshot in
      let context = context.with(snapshot)
      return context.work(
        notFound: notFound, again: { work(params, context.with($0)) },
        { try respond(to: params, context).parts })
    }
  }
}

extension RequestContext {
  /// Runs `respond` and sends its reply, or the error that it throws.
  ///
  /// - Parameters:
  ///   - notFound: Creates the method's error for a missing thread.
  ///   - again: The work if the request touches something else than was known; nil if the request
  ///     cannot begin anew.
  fileprivate func work(
    notFound: @escaping @Sendable (UUID) -> RPCError, again: ((Touches) -> RequestWork)?,
    _ respond: () throws -> ReplyParts
  ) -> RequestProgress {
    do {
      let reply = try cancellation.interruptingReads { () throws in try respond() }
      if case .after(let touches, let next) = reply.body {
        return .waits(touches) { [followUps = reply.followUps] _ in
          work(notFound: notFound, again: nil) { try next().followed(by: followUps) }
        }
      }
      answer(reply)
    } catch {
      if let other = error as? OtherTouches, let again {
        return .waits(other.touches, again(other.touches))
      }
      session.connection.fail(ticket, RPCError(error, notFound: notFound))
    }
    return .answered
  }

  /// Sends an answer with the notifications that follow it, unless the request was answered before.
  private func answer(_ reply: ReplyParts) {
    let connection = session.connection
    switch reply.body {
    case .value(let write):
      connection.reply(to: ticket, followedBy: reply.followUps, write)
    case .stream(let thread, let write):
      var missing: MissingItems?
      connection.reply(
        to: ticket, followedBy: reply.followUps, waiting: loadedSnapshot == nil,
        streaming: { missing = write(&$0) })
      if let missing { session.report(missing, inAnswerAbout: thread) }
    case .after: break
    }
  }
}

extension ReplyParts {
  fileprivate func followed(by notifications: [Notification]) -> ReplyParts {
    var reply = self
    reply.followUps += notifications
    return reply
  }
}

extension Session {
  /// Logs and reports what an answer about a thread lacks. Nothing of the thread is remembered:
  /// the next answer is read from its files anew.
  fileprivate func report(_ missing: MissingItems, inAnswerAbout thread: UUID) {
    library.forget(thread)
    log.warn("thread \(thread): \(missing)")
    report(missing.loss, of: thread)
  }
}
