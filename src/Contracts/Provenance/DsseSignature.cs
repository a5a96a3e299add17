using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Provenance;

/// <param name="KeyId">A hint at the key; the check decides.</param>
/// <param name="Sig">ECDSA P-256 with SHA-256, ASN.1 DER.</param>
public sealed record DsseSignature([property: JsonPropertyName("keyid")] string KeyId, byte[] Sig);
