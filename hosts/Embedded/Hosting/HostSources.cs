using System.Reflection;
using BuildFunctions.Embedded.Discovery;

namespace BuildFunctions.Embedded.Hosting;

/// <summary>What a host is made from. The app's host takes the defaults; tests choose their own functions, folder and environment.</summary>
internal sealed record HostSources
{
    public required string[] Args { get; init; }

    public string Folder { get; init; } = AppContext.BaseDirectory;

    public Assembly Entry { get; init; } = Assembly.GetEntryAssembly() ?? typeof(HostSources).Assembly;

    /// <summary>Null: the entry assembly and the projects it is built from.</summary>
    public IReadOnlyList<Assembly>? Assemblies { get; init; }

    /// <summary>Null: every type of the assemblies.</summary>
    public IReadOnlyList<Type>? Types { get; init; }

    /// <summary>Null: the process's environment variables.</summary>
    public IReadOnlyDictionary<string, string?>? EnvironmentVariables { get; init; }

    public TextWriter Output { get; init; } = Console.Out;

    public IReadOnlyList<Assembly> FindAssemblies() => Assemblies ?? ProjectAssemblies.Of(Entry);
}
