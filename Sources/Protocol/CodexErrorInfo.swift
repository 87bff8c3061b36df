package import JSON

/// The kind of error that ended a turn: a name, or an object with one member that holds details.
package enum CodexErrorInfo: WireValue, Equatable {
  case plain(Plain)
  /// A connection that failed or broke.
  case connection(Connection, HTTPStatus)
  /// A message of the user during a turn that accepts none.
  case activeTurnNotSteerable(RunningTurn)

  /// The kinds of errors that are a name alone.
  package enum Plain: String, WireEnum {
    case contextWindowExceeded, sessionBudgetExceeded, usageLimitExceeded, rateLimitExceeded
    case flexUnavailable, serverOverloaded, cyberPolicy, misalignmentPolicyViolation
    case tooManyDenials, internalServerError, unauthorized, badRequest, threadRollbackFailed
    case sandboxError, other
  }

  /// The kinds of errors of a connection.
  package enum Connection: String, WireEnum {
    case httpConnectionFailed, responseStreamConnectionFailed, responseStreamDisconnected
    case responseTooManyFailedAttempts
  }

  /// The status of the response.
  package struct HTTPStatus: WireObject, Equatable {
    /// The HTTP status code; null where there was no response.
    package var httpStatusCode: UInt16?

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("httpStatusCode", &httpStatusCode)
    }
  }

  /// The turn that accepts no message.
  package struct RunningTurn: WireObject, Equatable {
    /// The kind of that turn.
    package var turnKind = NonSteerableTurnKind.review

    package init() {}

    package mutating func fields<V: FieldVisitor>(_ field: inout V) throws(JSONError) {
      try field("turnKind", &turnKind)
    }
  }

  /// The name of the kind of `activeTurnNotSteerable`.
  package static let notSteerable = "activeTurnNotSteerable"

  package init(json: JSONValue) throws(JSONError) {
    let (name, payload) = try json.variant()
    if let connection = Connection(rawValue: name), let payload {
      self = .connection(connection, try HTTPStatus(json: payload))
    } else if name == Self.notSteerable, let payload {
      self = .activeTurnNotSteerable(try RunningTurn(json: payload))
    } else {
      self = .plain(try Plain(json: json))
    }
  }

  package func write(to out: inout JSONWriter) {
    switch self {
    case .plain(let name): name.write(to: &out)
    case .connection(let name, let status):
      WireMap([(name: name.rawValue, value: status)]).write(to: &out)
    case .activeTurnNotSteerable(let turn):
      WireMap([(name: Self.notSteerable, value: turn)]).write(to: &out)
    }
  }

  package static func schema(_ schemas: inout SchemaBuilder) -> Schema {
    schemas.define("CodexErrorInfo") { schemas in
      let status = HTTPStatus.objectSchema(&schemas)
      return .anyOf(
        [.enumeration(Plain.allCases.map(\.rawValue))]
          + Connection.allCases.map { .object(withOnly: $0.rawValue, status) }
          + [.object(withOnly: notSteerable, RunningTurn.objectSchema(&schemas))])
    }
  }
}

/// A kind of turn that accepts no messages while it runs.
package enum NonSteerableTurnKind: String, WireEnum {
  case review, compact
}
