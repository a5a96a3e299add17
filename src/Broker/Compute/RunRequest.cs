using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Compute;

/// <summary>One attempt of one build, as it travels through durable steps: small, and without a secret in it.</summary>
public sealed record RunRequest
{
    public required BuildId Build { get; init; }

    public required int Attempt { get; init; }

    public required AppName App { get; init; }

    public required RunSource Source { get; init; }

    /// <summary>The folder inside the source that the commands run in; empty is the source itself.</summary>
    public string Root { get; init; } = "";

    /// <summary>The folder that the install command runs in, where it is not <see cref="Root"/>: the top of a workspace.</summary>
    public string? InstallRoot { get; init; }

    /// <summary>The shell command that installs dependencies; null when there is nothing to install.</summary>
    public string? Install { get; init; }

    /// <summary>The shell command that builds; null when the source is the output.</summary>
    public string? Command { get; init; }

    /// <summary>The folder below <see cref="Root"/> that the build fills; <c>.</c> is the root itself.</summary>
    public required string Output { get; init; }

    /// <summary>Nobody has named the output: where the build makes another folder with an index page, that one is taken.</summary>
    public bool OutputIsGuess { get; init; }

    /// <summary>The package manager, with a version when the app pins one: <c>npm</c>, <c>pnpm@9.1.0</c>, <c>yarn@4.2.2</c>, <c>bun@1</c>.</summary>
    public string PackageManager { get; init; } = "npm";

    /// <summary>The major version of Node.js that the app asks for.</summary>
    public string? Node { get; init; }

    /// <summary>The major versions that will do when the provider has one of them already.</summary>
    public IReadOnlyList<int> NodeAccepted { get; init; } = [];

    /// <summary>What the build sees beside PATH, HOME, LANG and CI. Secrets come apart, in <see cref="RunSecrets"/>.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    public RunLimits Limits { get; init; } = new();

    /// <summary>
    /// Whether it uses, and adds to, what earlier builds of the app have downloaded. A build that may not go live must not: it would choose the tools of one that does.
    /// </summary>
    public bool SharesCache { get; init; }

    /// <summary>Where the run reports and sends its artifact, for providers that are not pulled.</summary>
    public Uri? Callback { get; init; }

    /// <summary>The broker that the run is marked as belonging to; see <see cref="IRunList"/>.</summary>
    public string Broker { get; init; } = "";

    /// <summary>The build server that it was given a slot of, where the provider has several.</summary>
    public string? Server { get; init; }

    /// <summary>What it asks of its server.</summary>
    public ServerNeeds? Needs { get; init; }

    public RunId Id => new(Build, Attempt);
}
