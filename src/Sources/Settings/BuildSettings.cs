namespace BuildFunctions.Sources.Settings;

/// <summary><c>build</c> in <c>app.json</c>. What is absent is detected.</summary>
public sealed record BuildSettings
{
    public string? Provider { get; init; }

    public string? Repo { get; init; }

    public string? Command { get; init; }

    public string? Install { get; init; }

    public string? Output { get; init; }

    public string? Node { get; init; }

    public string? Root { get; init; }

    /// <summary>Names of stored secrets; the client asks for them in its request, the broker does not read them here.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();
}
