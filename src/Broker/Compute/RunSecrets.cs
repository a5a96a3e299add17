namespace BuildFunctions.Broker.Compute;

/// <summary>The secret part of a run. It is resolved where a run starts and never enters history, a command line or a log.</summary>
public sealed class RunSecrets(IReadOnlyDictionary<string, string> env, string? callbackToken = null)
{
    public static RunSecrets None { get; } = new(new Dictionary<string, string>());

    public IReadOnlyDictionary<string, string> Env { get; } = env;

    /// <summary>The bearer token for the callback; good for this attempt alone.</summary>
    public string? CallbackToken { get; } = callbackToken;

    public override string ToString() => $"{Env.Count} secrets";
}
