using System.Security.Cryptography;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>Which switch of an app's live pointer is newer, whatever the order in which they arrive; a build's is the time it was asked for.</summary>
public readonly record struct DeploySequence : IComparable<DeploySequence>
{
    private const int RandomBytes = 10;
    private readonly string? _text;

    private DeploySequence(string text) => _text = text;

    public static DeploySequence Of(BuildId build) => new(build.ToString()[BuildId.Prefix.Length..]);

    /// <summary>For what a person asks for now: newer than all before, also when a clock went back.</summary>
    public static DeploySequence After(DeploySequence? current, DateTimeOffset now)
    {
        var earliest = current is { } last && BuildId.TryParse(BuildId.Prefix + last, out var id) ? id.CreatedAt.AddMilliseconds(1) : now;
        return Of(BuildId.Create(now > earliest ? now : earliest, RandomNumberGenerator.GetBytes(RandomBytes)));
    }

    public static bool TryParse(string? text, out DeploySequence sequence)
    {
        var valid = BuildId.TryParse(BuildId.Prefix + text, out _);
        sequence = valid ? new(text!) : default;
        return valid;
    }

    public int CompareTo(DeploySequence other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() => _text ?? throw new InvalidOperationException("This DeploySequence was never set.");
}
