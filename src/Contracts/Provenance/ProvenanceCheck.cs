using System.Security.Cryptography;
using System.Text.Json;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>Checks an envelope against public keys, an artifact's digest and a build; every point is told, not only the first that fails.</summary>
public static class ProvenanceCheck
{
    /// <param name="sha256">Of the artifact in hand; null where only the statement is to be checked.</param>
    /// <param name="build">The build that it is said to come from; null where that does not matter.</param>
    public static ProvenanceVerdict Run(DsseEnvelope envelope, ProvenanceKeys keys, string? sha256, BuildId? build)
    {
        var signature = Signature(envelope, keys);
        var statement = Read(envelope);
        List<ProvenancePoint> points =
        [
            signature,
            statement is { Type: InTotoStatement.V1, PredicateType: SlsaProvenance.V1 } && envelope.PayloadType == DsseEnvelope.InToto
                ? new("statement", true, "SLSA provenance v1 in an in-toto statement v1")
                : new("statement", false, $"the envelope holds no SLSA provenance v1 but {statement?.PredicateType ?? envelope.PayloadType}"),
        ];
        if (sha256 is not null)
        {
            points.Add(statement?.Subject.Any(subject => subject.Digest?.GetValueOrDefault("sha256") == sha256) is true
                ? new("artifact", true, $"SHA-256 {sha256}")
                : new("artifact", false, $"its SHA-256 is {sha256}; the statement is about {string.Join(", ", statement?.Subject.Select(Describe) ?? ["nothing"])}"));
        }

        if (build is { } expected)
        {
            var said = BuildOf(statement);
            points.Add(new("build", said == expected.ToString(), said == expected.ToString() ? $"made by {said}" : $"made by {said ?? "an unnamed build"} and not by {expected}"));
        }

        return new ProvenanceVerdict(points.All(point => point.Passed), points, signature.Passed ? statement : null);
    }

    private static ProvenancePoint Signature(DsseEnvelope envelope, ProvenanceKeys keys)
    {
        var signed = DsseEnvelope.Signed(envelope.PayloadType, envelope.Payload);
        foreach (var signature in envelope.Signatures)
        {
            if (keys.Keys.FirstOrDefault(key => Verifies(key, signed, signature.Sig)) is { } key)
            {
                return new("signature", true, key.RetiredAt is { } retired ? $"by key {key.Kid}, which was retired on {retired:u}" : $"by key {key.Kid}");
            }
        }

        var named = envelope.Signatures.Select(signature => signature.KeyId).ToList();
        return new("signature", false, named.Count == 0 ? "there is none"
            : keys.Keys.Any(key => named.Contains(key.Kid)) ? $"it does not fit: what key {named[0]} signed was altered"
            : $"it is by key {string.Join(", ", named)}, which is none of the broker's");
    }

    private static bool Verifies(ProvenanceKey key, byte[] signed, byte[] signature)
    {
        try
        {
            return key.Verifies(signed, signature);
        }
        catch (Exception unreadable) when (unreadable is FormatException or CryptographicException)
        {
            // A key that is no key verifies nothing.
            return false;
        }
    }

    private static InTotoStatement? Read(DsseEnvelope envelope)
    {
        try
        {
            return JsonSerializer.Deserialize(envelope.Payload, ContractsJson.Default.InTotoStatement);
        }
        catch (JsonException)
        {
            // Not a statement: the points say so.
            return null;
        }
    }

    private static string Describe(ResourceDescriptor subject) => $"{subject.Name} {subject.Digest?.GetValueOrDefault("sha256")}";

    private static string? BuildOf(InTotoStatement? statement) =>
        statement?.Predicate is { ValueKind: JsonValueKind.Object } predicate
        && predicate.TryGetProperty("buildDefinition", out var definition) && definition.ValueKind == JsonValueKind.Object
        && definition.TryGetProperty("internalParameters", out var parameters) && parameters.ValueKind == JsonValueKind.Object
        && parameters.TryGetProperty("build", out var build) && build.ValueKind == JsonValueKind.String
            ? build.GetString()
            : null;
}
