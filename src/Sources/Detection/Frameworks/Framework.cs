namespace BuildFunctions.Sources.Detection.Frameworks;

// One row of the table: how a framework is recognised, and what holds unless its own settings say otherwise.
internal sealed record Framework(string Id, string Label)
{
    // Any of these in dependencies or devDependencies.
    public string[] Packages { get; init; } = [];

    // All of these beside it.
    public string[] With { get; init; } = [];

    public string[] Without { get; init; } = [];

    // Any of these files, where no package tells.
    public string[] Files { get; init; } = [];

    // What the files must contain, where the name alone is not enough.
    public string? Containing { get; init; }

    // Any of these too, where a package alone is not enough.
    public string[] Beside { get; init; } = [];

    // The tool to run where package.json has no build script; null for what is not built by a Node.js tool.
    public string? Tool { get; init; }

    // Other commands that run the same tool.
    public string[] Aliases { get; init; } = [];

    // A builder outside Node.js, run as it stands.
    public string? Native { get; init; }

    public string? Output { get; init; }

    public bool Spa { get; init; }

    public bool Server { get; init; }

    public Func<AppFolder, SiteOutput?>? Read { get; init; }

    // How such an app makes a site of files after all.
    public string? Advice { get; init; }

    // Whether it may leave something that can be put online.
    public bool MakesFiles => Output is not null || (Read is not null && !Server);

    // What gave it away, or null.
    public string? Match(AppFolder app)
    {
        if (With.Any(package => !app.Depends(package)) || Without.Any(app.Depends) || (Beside.Length > 0 && !Beside.Any(file => app.Find(file) is not null)))
        {
            return null;
        }

        if (Packages.FirstOrDefault(app.Depends) is { } dependency)
        {
            return $"{app.PathOf("package.json")} depends on {dependency}";
        }

        var file = Files.Select(app.Find).OfType<string>().FirstOrDefault(file => Containing is null || app.Text(file)?.Contains(Containing, StringComparison.Ordinal) is true);
        return file is null ? null : app.PathOf(file);
    }
}
