namespace BuildFunctions.Sources.Detection.Frameworks;

// Where a framework leaves the site, and which line of which file says so.
internal sealed record SiteOutput(string Folder, string Source)
{
    public bool? Spa { get; init; }

    public bool Server { get; init; }

    // Nothing says where the site is: the run looks when it is not there.
    public bool IsGuess { get; init; }

    public string? Warning { get; init; }

    // The script to run where it is not "build".
    public string? Script { get; init; }
}
