package import JSON

/// The payload of an item.
package protocol ThreadItemContent: WireObject, Equatable {
  var id: String { get }
}
