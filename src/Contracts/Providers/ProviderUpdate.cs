namespace BuildFunctions.Contracts.Providers;

/// <summary>The body of <c>PUT /api/providers/{name}</c>: what is absent stays as it is.</summary>
public sealed record ProviderUpdate
{
    /// <summary>Stored encrypted and never returned.</summary>
    public string? Token { get; init; }

    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => nameof(ProviderUpdate);
}
