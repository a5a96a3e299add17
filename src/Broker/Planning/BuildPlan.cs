using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Planning;

/// <summary>Everything that a build will do, decided once from request, app.json, detection and defaults.</summary>
public sealed record BuildPlan
{
    public required BuildId Build { get; init; }

    public required AppName App { get; init; }

    public required string SourceDigest { get; init; }

    public string? Framework { get; init; }

    public string Root { get; init; } = "";

    /// <summary>Where the install command runs: the top of a workspace, or the root.</summary>
    public string InstallRoot { get; init; } = "";

    public string? Install { get; init; }

    public string? Command { get; init; }

    public required string Output { get; init; }

    /// <summary>Neither the request nor the source says where the site is; the run looks.</summary>
    public bool OutputIsGuess { get; init; }

    public string PackageManager { get; init; } = "npm";

    public string? Node { get; init; }

    /// <summary>The major versions of Node.js that will do when the provider has one of them already.</summary>
    public IReadOnlyList<int> NodeAccepted { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>The names of the secrets that its runs are given.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Whether unknown paths are answered with the index page.</summary>
    public bool Spa { get; init; }

    /// <summary>False when the source is what is served.</summary>
    public required bool NeedsBuild { get; init; }

    /// <summary>Whoever asked for it may put the app live.</summary>
    public bool GoesLive { get; init; }

    /// <summary>Which build server will do, where it runs on one.</summary>
    public ServerNeeds? Server { get; init; }

    public required CacheKey CacheKey { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
