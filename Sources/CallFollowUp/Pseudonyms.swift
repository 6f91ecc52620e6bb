import Crypto

/// Stands for numbers and names: the same one for the same number, which cannot be found again without the key.
/// HMAC-SHA-256 (RFC 2104), its first 10 bytes. Numbers are few: whoever has the key can try them all.
public struct Pseudonyms: Sendable {
  private let key: SymmetricKey

  /// Pseudonyms by this key; nil where it has less than 16 bytes.
  public init?(key: [UInt8]) {
    guard key.count >= 16 else { return nil }
    self.key = SymmetricKey(data: key)
  }

  /// The pseudonym of a number, as in `p-0f…`, 22 characters.
  public func pseudonym(of text: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key)
    let digits = code.prefix(10).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    return "p-" + digits.joined()
  }

  /// A call without its customer's number and without its path, whose name may hold it; the store's number of it
  /// stays.
  public func apply(to call: FollowedCall) -> FollowedCall {
    var call = call
    call.customer = call.customer.map(pseudonym)
    call.path = "call \(call.id)"
    return call
  }
}
