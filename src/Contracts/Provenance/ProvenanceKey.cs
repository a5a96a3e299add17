using System.Buffers.Text;
using System.Security.Cryptography;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>A public key as a JWK (RFC 7517), and the same as PEM for tools that read that.</summary>
public sealed record ProvenanceKey
{
    public required string Kty { get; init; }

    public required string Crv { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    public string Use { get; init; } = "sig";

    public string Alg { get; init; } = "ES256";

    /// <summary>The SHA-256 of the key's SubjectPublicKeyInfo, in hexadecimal.</summary>
    public required string Kid { get; init; }

    public string? Pem { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>It signs nothing any more since then; what it signed stays valid.</summary>
    public DateTimeOffset? RetiredAt { get; init; }

    public static string KidOf(byte[] subjectPublicKeyInfo) => Convert.ToHexStringLower(SHA256.HashData(subjectPublicKeyInfo));

    public static ProvenanceKey Of(byte[] subjectPublicKeyInfo)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new ProvenanceKey
        {
            Kty = "EC",
            Crv = "P-256",
            X = Base64Url.EncodeToString(point.X),
            Y = Base64Url.EncodeToString(point.Y),
            Kid = KidOf(subjectPublicKeyInfo),
            Pem = key.ExportSubjectPublicKeyInfoPem(),
        };
    }

    /// <exception cref="FormatException">The coordinates are no base64.</exception>
    /// <exception cref="CryptographicException">The point is not on the curve.</exception>
    public bool Verifies(byte[] signed, byte[] signature)
    {
        if (Kty != "EC" || Crv != "P-256")
        {
            return false;
        }

        var point = new ECPoint { X = Base64Url.DecodeFromChars(X), Y = Base64Url.DecodeFromChars(Y) };
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return key.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }
}
