using System.Text.RegularExpressions;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection.Packages;

internal static partial class PackageManagers
{
    private const int EnoughOfALock = 512;
    private const int LongestField = 200;

    // The packageManager field, then the lock file, nearest folder first; then engines; then npm.
    public static PackageManager Detect(ISourceTree tree, IReadOnlyList<string> folders, Findings findings)
    {
        var apps = folders.Select(folder => new AppFolder(tree, folder)).ToArray();
        var locks = apps.SelectMany(app => LockFiles.Managers.Where(candidate => app.Has(candidate.File)).Select(candidate => (App: app, candidate.File, candidate.Name))).ToArray();
        var declared = apps.Where(app => app.Manifest?.PackageManager is { Length: <= LongestField }).Select(app => (App: app, Field: Field().Match(app.Manifest!.PackageManager!))).FirstOrDefault(pair => pair.Field.Success);
        if (locks.DistinctBy(found => found.Name).Count() > 1)
        {
            findings.Warn($"More than one lock file: {string.Join(", ", locks.Select(found => found.App.PathOf(found.File)))}. Delete those that are not used.");
        }

        var name = declared.Field?.Groups[1].Value ?? locks.Select(found => found.Name).FirstOrDefault() ?? WithoutLock(apps) ?? "npm";
        var used = locks.FirstOrDefault(found => found.Name == name);
        var version = declared.Field?.Groups[2].Value ?? (used.App is null ? null : VersionOf(used.App.Text(used.File, EnoughOfALock), name));
        findings.Because(
            declared.App?.PathOf("package.json packageManager") ?? used.App?.PathOf(used.File) ?? "default",
            $"{name}{(version is null ? "" : " " + version)}{(declared.App is null && used.App is null ? ": no lock file says otherwise" : "")}");
        return new PackageManager(name, version, Install(name, version, used.App?.PathOf(used.File), findings));
    }

    private static string Install(string name, string? version, string? lockFile, Findings findings)
    {
        if (lockFile is null)
        {
            findings.Warn($"There is no lock file of {name}: versions are resolved anew at every build. Commit one.");
            return $"{name} install";
        }

        findings.Because(lockFile, "install exactly what the lock file says");
        return name switch
        {
            "npm" => "npm ci",
            "yarn" when version is null || version.StartsWith("1.", StringComparison.Ordinal) || version == "1" => "yarn install --frozen-lockfile",
            "yarn" => "yarn install --immutable",
            _ => $"{name} install --frozen-lockfile",
        };
    }

    private static string? WithoutLock(AppFolder[] apps) =>
        apps.Any(app => app.Has("pnpm-workspace.yaml")) ? "pnpm" : new[] { "pnpm", "bun", "yarn" }.FirstOrDefault(name => apps.Any(app => app.Manifest?.Engines.ContainsKey(name) is true));

    private static string? VersionOf(string? text, string name) => (name, text) switch
    {
        (_, null) => null,
        ("pnpm", _) => PnpmLock().Match(text).Groups[1].Value switch { "5.3" => "6", "5.4" => "7", "6.0" or "6.1" => "8", "7.0" => "9", "9.0" => "10", _ => null },
        ("yarn", _) => YarnLock().Match(text).Groups[1].Value switch { "" => "1", "4" or "5" => "2", "6" or "7" => "3", _ => "4" },
        _ => null,
    };

    [GeneratedRegex(@"\A(npm|pnpm|yarn|bun)@(\d+(?:\.\d+){0,2}(?:-[\w.]+)?)", RegexOptions.NonBacktracking)]
    private static partial Regex Field();

    [GeneratedRegex(@"^lockfileVersion:\s*'?([\d.]+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex PnpmLock();

    [GeneratedRegex(@"^__metadata:\s+version:\s*(\d+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex YarnLock();
}
