namespace BuildFunctions.Broker.Secrets.Credentials;

/// <summary>A token and the settings that go with it.</summary>
public sealed record Credential(string Name, string? Token, IReadOnlyDictionary<string, string> Settings, DateTimeOffset UpdatedAt)
{
    /// <summary>Never shows the token.</summary>
    public override string ToString() => $"credential of {Name}";
}
