namespace BuildFunctions.Broker.Provenance;

/// <param name="PublicKey">SubjectPublicKeyInfo.</param>
/// <param name="PrivateKey">PKCS#8 in base64, encrypted; null once the key is retired, so that nobody can sign with it later.</param>
internal sealed record StoredKey(string Kid, byte[] PublicKey, byte[]? PrivateKey, DateTimeOffset CreatedAt, DateTimeOffset? RetiredAt = null);
