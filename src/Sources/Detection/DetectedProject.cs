namespace BuildFunctions.Sources.Detection;

/// <summary>How a project is built and what of it is the site, as far as its files tell.</summary>
public sealed record DetectedProject
{
    /// <summary>A stable id: <c>vite</c>, <c>next</c>, <c>static</c>; <c>none</c> where no framework was recognised.</summary>
    public required string Framework { get; init; }

    /// <summary>For people: <c>Vite (React)</c>.</summary>
    public required string Label { get; init; }

    /// <summary>The app's folder in the source; the build command runs here and <see cref="Output"/> starts here. Empty for the top.</summary>
    public string Root { get; init; } = "";

    /// <summary>Where the install command runs: the workspace's top folder, or <see cref="Root"/>.</summary>
    public string InstallRoot { get; init; } = "";

    public string? PackageManager { get; init; }

    public string? PackageManagerVersion { get; init; }

    /// <summary>A major version, or an exact one where the project pins it.</summary>
    public string? Node { get; init; }

    /// <summary>The major versions that would do as well, where the project leaves a choice.</summary>
    public IReadOnlyList<int> NodeAccepted { get; init; } = [];

    public string? Install { get; init; }

    public string? Command { get; init; }

    /// <summary>The folder that holds the site afterwards; <c>.</c> for the app's own folder; null for what is not a site.</summary>
    public string? Output { get; init; }

    /// <summary>Nothing in the project says so: where the build makes another folder with an index page, that one is the site.</summary>
    public bool OutputIsGuess { get; init; }

    /// <summary>Unknown paths are answered with the one page: only for single-page apps.</summary>
    public bool Spa { get; init; }

    public bool NeedsBuild { get; init; }

    /// <summary>What is built wants a server of its own; static files alone are not the whole app.</summary>
    public bool Server { get; init; }

    public DetectedWorkspace? Workspace { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];
}
