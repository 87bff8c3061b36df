import Library
import JSON
import JSONRPC
import System

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
    { work(context) { try respond(to: params, context) } }
  }

  private static func work(
    _ context: RequestContext, _ respond: () throws -> Reply<Response>
  ) -> RequestProgress {
    do {
      let reply = try context.cancellation.endReading { () throws in try respond() }
      return settle(reply, context)
    } catch {
      context.session.connection.fail(context.ticket, RPCError(error, notFound: notFound))
      return .answered
    }
  }

  private static func settle(
    _ reply: Reply<Response>, _ context: RequestContext
  ) -> RequestProgress {
    let session = context.session
    switch reply.body {
    case .value(let response):
      guard session.connection.reply(to: context.ticket, response) else { return .answered }
    case .stream(let thread, let write):
      var failure: SystemError?
      let isOpen = session.connection.reply(to: context.ticket) { failure = write(&$0) }
      guard isOpen else { return .answered }
      if let failure { session.tell(failure, inAnswerAbout: thread) }
    case .after(let touches, let next):
      return .waits(touches) { [followUps = reply.followUps] in
        work(context) { try next().followed(by: followUps) }
      }
    }
    for followUp in reply.followUps { followUp(session) }
    return .answered
  }
}

extension Reply {
  fileprivate func followed(by followUps: [@Sendable (Session) -> Void]) -> Reply {
    followUps.reduce(self) { $0.then($1) }
  }
}

extension Session {
  /// Tells that an answer about a thread had to end too early.
  fileprivate func tell(_ failure: SystemError, inAnswerAbout thread: UUID) {
    log.warn("thread \(thread): the answer was cut short: \(failure)")
    tell([.restOfAnswer(failure)], of: thread)
  }
}
