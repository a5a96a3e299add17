using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BuildFunctions.Broker.Outgoing;

/// <summary>An address that was checked: where it is called is settled, nothing is looked up again.</summary>
public sealed record OutgoingTarget
{
    /// <summary>In one spelling, whatever it was written as.</summary>
    public Uri? Url { get; private init; }

    public IReadOnlyList<IPAddress> Addresses { get; private init; } = [];

    /// <summary>Why it is not called.</summary>
    public string? Refusal { get; private init; }

    [MemberNotNullWhen(true, nameof(Url))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Allowed => Refusal is null;

    internal static OutgoingTarget To(Uri url, IReadOnlyList<IPAddress> addresses) => new() { Url = url, Addresses = addresses };

    internal static OutgoingTarget Refused(string why) => new() { Refusal = why };
}
