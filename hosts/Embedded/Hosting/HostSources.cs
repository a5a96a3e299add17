namespace BuildFunctions.Embedded.Hosting;

/// <summary>What a host is made from. An executable takes the defaults; tests choose their own folder and environment.</summary>
internal sealed record HostSources
{
    public required string[] Args { get; init; }

    /// <summary>The app: its generated start-up classes are here, and its timers go by its name.</summary>
    public required Assembly App { get; init; }

    public string Folder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Null: the process's environment variables.</summary>
    public IReadOnlyDictionary<string, string?>? EnvironmentVariables { get; init; }

    public TextWriter Output { get; init; } = Console.Out;
}
