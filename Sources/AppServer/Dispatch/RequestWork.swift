import JSON
import JSONRPC
import Library
import Platform

/// What there is to do for a request, on any thread.
typealias RequestWork = @Sendable () -> RequestProgress

/// How far a piece of work has brought a request.
enum RequestProgress: Sendable {
  case answered
  /// There is more to do, as soon as no earlier request is in the way of this.
  case waits(Touches, RequestWork)
}

extension Method {
  /// Reads what a request brings.
  static func decode(_ params: JSONValue?) throws(RPCError) -> Params {
    do throws(JSONError) {
      if let params, !params.isNull { return try Params(json: params) }
      guard let nothing = Params.whenMissing else { throw .missingField("params") }
      return nothing
    } catch {
      throw .malformed(error)
    }
  }

  /// Answers a request, or finds out what has to be waited for.
  static func work(_ params: Params, _ context: RequestContext) -> RequestWork {
    { context.work(notFound: notFound) { try respond(to: params, context).parts } }
  }
}

extension RequestContext {
  /// - Parameter notFound: What the method says of a thread that is not there.
  fileprivate func work(
    notFound: @escaping @Sendable (UUID) -> RPCError, _ respond: () throws -> ReplyParts
  ) -> RequestProgress {
    do {
      let reply = try cancellation.interruptingReads { () throws in try respond() }
      if case .after(let touches, let next) = reply.body {
        return .waits(touches) { [followUps = reply.followUps] in
          work(notFound: notFound) {
            var reply = try next()
            reply.followUps += followUps
            return reply
          }
        }
      }
      if answer(reply.body) { for followUp in reply.followUps { followUp(session) } }
    } catch {
      session.connection.fail(ticket, RPCError(error, notFound: notFound))
    }
    return .answered
  }

  /// Sends an answer; false where the request has one already.
  private func answer(_ body: ReplyParts.Body) -> Bool {
    switch body {
    case .value(let write): return session.connection.reply(to: ticket, write)
    case .stream(let thread, let write):
      var failure: SystemError?
      let isOpen = session.connection.reply(to: ticket, streaming: { failure = write(&$0) })
      if let failure { session.report(failure, inAnswerAbout: thread) }
      return isOpen
    case .after: return false
    }
  }
}

extension Session {
  /// Tells that an answer about a thread had to end too early.
  fileprivate func report(_ failure: SystemError, inAnswerAbout thread: UUID) {
    log.warn("thread \(thread): the answer was cut short: \(failure)")
    report([.restOfAnswer(failure)], of: thread)
  }
}
