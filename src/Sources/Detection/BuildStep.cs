namespace BuildFunctions.Sources.Detection;

// How the build is started: a script of package.json, a tool that the project has installed, or a command as it stands. One is set.
internal sealed record BuildStep
{
    public string? Script { get; init; }

    public string? Tool { get; init; }

    public string? Native { get; init; }

    // The site lies outside the app's folder, so that all is seen from the source's top.
    public bool FromTop { get; init; }
}
