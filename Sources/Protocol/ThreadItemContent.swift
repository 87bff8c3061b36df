package import JSON

/// What an item of some kind holds.
package protocol ThreadItemContent: WireObject, Equatable {
  var id: String { get }
}
