namespace BuildFunctions.Sources.Detection;

/// <summary>A detected project as lines for people.</summary>
public static class DetectionReport
{
    public static IEnumerable<string> Explain(DetectedProject project)
    {
        yield return $"Detected: {project.Label}{(project.Root.Length == 0 ? "" : $" in {project.Root}")}";
        (string Name, string? Value)[] rows =
        [
            ("packages", project.PackageManager is null ? null : $"{project.PackageManager} {project.PackageManagerVersion}".TrimEnd()),
            ("node", project.Node),
            ("install", project.Install is null ? null : project.InstallRoot == project.Root ? project.Install : $"{project.Install}  (in {(project.InstallRoot.Length == 0 ? "the top folder" : project.InstallRoot)})"),
            ("command", project.NeedsBuild ? project.Command : "none: nothing to build"),
            ("output", project.OutputIsGuess ? $"{project.Output}  (a guess)" : project.Output),
            ("pages", project.Server ? "needs a server" : project.Spa ? "single-page app" : null),
        ];
        foreach (var (name, value) in rows.Where(row => row.Value is not null))
        {
            yield return $"  {name,-9}{value}";
        }

        yield return "Because:";
        foreach (var evidence in project.Evidence)
        {
            yield return $"  {evidence.Source}: {evidence.Decision}";
        }

        foreach (var warning in project.Warnings)
        {
            yield return $"Warning: {warning}";
        }
    }
}
