/// The methods that the server answers. The error for an unknown method lists their names in this
/// order.
package struct MethodTable: Sendable {
  let names: [String]
  private let methods: [String: any Method.Type]

  init(_ methods: [any Method.Type]) {
    names = methods.map { $0.name }
    self.methods = Dictionary(uniqueKeysWithValues: methods.map { ($0.name, $0) })
  }

  /// The method with a name; nil if there is none.
  subscript(name: String) -> (any Method.Type)? { methods[name] }
}
