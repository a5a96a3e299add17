using System.Globalization;
using System.Text;

namespace BuildFunctions.Contracts.Provenance;

/// <summary>A DSSE 1.0 envelope: the payload as base64 and signatures over <see cref="Signed"/>.</summary>
public sealed record DsseEnvelope
{
    public const string InToto = "application/vnd.in-toto+json";

    public required string PayloadType { get; init; }

    public required byte[] Payload { get; init; }

    public required IReadOnlyList<DsseSignature> Signatures { get; init; }

    /// <summary>What is signed: type and payload, each behind its length, so that neither can pass for a part of the other.</summary>
    public static byte[] Signed(string payloadType, byte[] payload)
    {
        var type = Encoding.UTF8.GetBytes(payloadType);
        return [.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {type.Length} {payloadType} {payload.Length} ")), .. payload];
    }
}
