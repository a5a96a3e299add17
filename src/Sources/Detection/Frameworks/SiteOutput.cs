namespace BuildFunctions.Sources.Detection.Frameworks;

// Where a framework leaves the site, and which line of which file says so.
internal sealed record SiteOutput(string Folder, string Source)
{
    public bool? Spa { get; init; }

    public bool Server { get; init; }

    public string? Warning { get; init; }

    // The script to run where it is not "build".
    public string? Script { get; init; }
}
