using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Contracts.Builds;

/// <summary>The body of <c>POST /api/builds</c>. What is absent comes from <c>app.json</c>, then from detection, then from defaults.</summary>
public sealed record BuildRequest
{
    public string? App { get; init; }

    public string? Provider { get; init; }

    /// <summary>Providers to try in order; an infrastructure failure goes on to the next.</summary>
    public IReadOnlyList<string>? Providers { get; init; }

    /// <summary>A git URL, or <c>owner/name</c> on GitHub.</summary>
    public string? Repo { get; init; }

    public string? Ref { get; init; }

    /// <summary>The folder of the app inside the source, for monorepos.</summary>
    public string? Root { get; init; }

    public string? Command { get; init; }

    public string? Install { get; init; }

    public string? Output { get; init; }

    public string? Node { get; init; }

    /// <summary>What the client's detection found, for people; it decides nothing.</summary>
    public string? Framework { get; init; }

    /// <summary>Whether the app routes in the browser, so that unknown paths are answered with its index page.</summary>
    public bool? Spa { get; init; }

    /// <summary><c>npm</c>, <c>pnpm</c>, <c>yarn</c>, <c>bun</c>, …</summary>
    public string? PackageManager { get; init; }

    /// <summary>Whether detection found something to build; false means that the source is what is served.</summary>
    public bool? NeedsBuild { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    /// <summary>Names of stored secrets that the build is given as environment variables.</summary>
    public IReadOnlyList<string>? Secrets { get; init; }

    /// <summary>Where the source comes from, as its sender knows it: a repository or a folder. Says later whether it is the same one that is live.</summary>
    public string? Origin { get; init; }

    public SourceKind? Source { get; init; }

    /// <summary>Build even where an artifact of the same inputs is cached.</summary>
    public bool Rebuild { get; init; }

    /// <summary>Take the source as the artifact; nothing is run.</summary>
    public bool NoBuild { get; init; }

    public DeployTarget? Deploy { get; init; }

    /// <summary>Which build server will do, for builds that run on one.</summary>
    public ServerNeeds? Server { get; init; }

    /// <summary>Seconds the build may run on a provider.</summary>
    public int? Timeout { get; init; }

    /// <summary>Higher goes first; 0 by default.</summary>
    public int Priority { get; init; }

    /// <summary>Which older builds of the same app, ref and target this one ends; absent: what the broker is set to.</summary>
    public Supersede? Supersede { get; init; }
}
