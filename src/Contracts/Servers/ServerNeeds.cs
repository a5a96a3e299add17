namespace BuildFunctions.Contracts.Servers;

/// <summary>What a build asks of the build server that it runs on.</summary>
public sealed record ServerNeeds
{
    /// <summary>As <c>uname -m</c> says it: <c>x86_64</c>, <c>aarch64</c>, …</summary>
    public string? Architecture { get; init; }

    /// <summary>Tools, each with the versions that will do: <c>gcc</c>, <c>gcc&gt;=12</c>, <c>gcc&gt;=12,&lt;14</c>.</summary>
    public IReadOnlyList<string>? Toolchains { get; init; }

    /// <summary>All of them must be the server's.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Bytes that must be free on its disk.</summary>
    public long? Disk { get; init; }

    /// <summary>The name of the one server that will do.</summary>
    public string? Name { get; init; }

    /// <summary>Where the job's folder is made, instead of the server's own workspace root: an absolute path.</summary>
    public string? WorkspaceRoot { get; init; }

    /// <summary>Leave the job's folder on the server, for a look at it.</summary>
    public bool KeepWorkspace { get; init; }

    /// <summary>The image that the build's commands run in; the server needs a container engine that works.</summary>
    public string? Image { get; init; }

    /// <summary>The install command runs on the server itself, with its git and its mirrors, and not in the image.</summary>
    public bool InstallsOutside { get; init; }
}
