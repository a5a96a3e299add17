namespace BuildFunctions.Contracts.Providers;

/// <summary>The body of <c>PUT /api/git/{host}</c>.</summary>
/// <param name="Token">Stored encrypted and never returned.</param>
public sealed record GitToken(string? Token)
{
    /// <summary>Never shows the token.</summary>
    public override string ToString() => nameof(GitToken);
}
