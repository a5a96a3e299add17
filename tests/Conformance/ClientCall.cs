namespace BuildFunctions.Conformance;

/// <summary>One call of a DurableTaskClient, so that it can be made in another process. Payloads are strings.</summary>
public sealed record ClientCall(ClientOperation Operation, string Id, string? Name = null, string? Text = null)
{
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>States of an instance of the same id that refuse the start, by name.</summary>
    public IReadOnlyList<string> Dedupe { get; init; } = [];
}
