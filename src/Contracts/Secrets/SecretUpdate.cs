namespace BuildFunctions.Contracts.Secrets;

/// <summary>The body of <c>PUT /api/secrets/{name}</c> and <c>PUT /api/apps/{app}/secrets/{name}</c>.</summary>
/// <param name="Value">Stored encrypted and never returned; at most 32 KiB as UTF-8.</param>
public sealed record SecretUpdate(string? Value)
{
    /// <summary>Never shows the value.</summary>
    public override string ToString() => nameof(SecretUpdate);
}
