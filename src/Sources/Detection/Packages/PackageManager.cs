namespace BuildFunctions.Sources.Detection.Packages;

internal sealed record PackageManager(string Name, string? Version, string Install)
{
    public string Run(string script) => $"{Name} run {script}";

    // A tool that the project has installed, without a script for it.
    public string Execute(string command) => Name switch
    {
        "pnpm" => $"pnpm exec {command}",
        "yarn" => $"yarn {command}",
        "bun" => $"bunx {command}",
        _ => $"npx --no-install {command}",
    };
}
