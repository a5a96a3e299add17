using System.Diagnostics;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;
using BuildFunctions.Sources.Settings;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Tests.Detection;

/// <summary>Texts of a source that are made to take long. What a plan reads of a file is a quarter of a megabyte at the most.</summary>
public sealed class HostileTextTests
{
    private const int Long = 250_000;

    public static TheoryData<string, string> Texts
    {
        get
        {
            var (blanks, digits) = (new string(' ', Long), new string('1', Long));
            return new()
            {
                { "package.json", Node(blanks) },
                { "package.json", Node("a" + blanks + "a") },
                { "package.json", Node(">" + blanks + "-") },
                { "package.json", Node(digits + ".x - ") },
                { "package.json", Node(string.Concat(Enumerable.Repeat("||", Long / 2))) },
                { "package.json", "{\"scripts\":{\"build\":\"astro build\"},\"dependencies\":{\"astro\":\"" + blanks + "\"}}" },
                { "package.json", "{\"scripts\":{\"build\":\"vite build\"},\"devDependencies\":{\"vite\":\"6\"},\"packageManager\":\"pnpm@" + digits + blanks + "\"}" },
                { "package.json", "{\"scripts\":{\"build\":\"vite build" + blanks + "--outDir" + blanks + "\"},\"devDependencies\":{\"vite\":\"1\"}}" },
                { "package.json", "{\"scripts\":{\"build\":\"vite build --outDir " + digits + "\"},\"devDependencies\":{\"vite\":\"1\"}}" },
                { "package.json", "{\"scripts\":{\"build\":\"" + string.Concat(Enumerable.Repeat("vitepress build ", Long / 16)) + "\"},\"devDependencies\":{\"vitepress\":\"1\"}}" },
                { "package.json", "{\"workspaces\":[" + string.Join(',', Enumerable.Repeat("\"**/a/**/b/**/c/**/*\"", Long / 24)) + "]}" },
                { "pnpm-workspace.yaml", "packages:\n" + string.Concat(Enumerable.Repeat("- '**/a/**/*?*?*?'\n", Long / 20)) },
                { "vite.config.js", "build: { outDir" + blanks + ": '" },
                { "vite.config.js", string.Concat(Enumerable.Repeat("outDir ", Long / 7)) },
                { "vite.config.js", string.Concat(Enumerable.Repeat("build:{", Long / 7)) },
                { "vite.config.js", string.Concat(Enumerable.Repeat("outDir: '", Long / 9)) },
                { "vite.config.js", new string('/', Long) + new string('\'', Long) },
                { "vite.config.js", string.Concat(Enumerable.Repeat("build:{outDir:resolve(", Long / 22)) },
                { "vite.config.js", string.Concat(Enumerable.Repeat("'nitro/vite' ", Long / 13)) },
                { "vite.config.js", "import" + blanks + "'nitro/vite'" + string.Concat(
                    Enumerable.Repeat(blanks[..100] + "'@cloudflare/vite-plugin'", Long / 125)) },
                { "wrangler.toml", string.Concat(Enumerable.Repeat("assets = { directory\n", Long / 21)) },
                { "nx.json", "{" },
                { "workspace.json", "{\"projects\":{" + string.Join(
                    ',', Enumerable.Range(0, Long / 24).Select(i => $"\"{i}\":{{\"root\":\"a/{i % 10}\"}}")) + "}}" },
                { "composer.json", blanks },
                { "astro.config.mjs", "outDir:" + blanks + "`" },
                { "pnpm-lock.yaml", "lockfileVersion:" + blanks + digits },
                { "yarn.lock", "__metadata:" + blanks },
                { ".nvmrc", blanks + digits + blanks },
                { "app.json", "{" + string.Concat(Enumerable.Repeat("\"x\":1,", Long / 6)) },
                { "app.json", "{\"build\":{" + string.Concat(Enumerable.Range(0, Long / 12).Select(i => $"\"{i}\":\"1\",\n")) },
                { "app.json", new string('[', Long) },
                { "_config.yml", string.Concat(Enumerable.Repeat("destination", Long / 11)) },
            };
        }
    }

    private static string Node(string range) => "{\"scripts\":{\"build\":\"vite build\"},\"devDependencies\":{\"vite\":\"6\"},\"engines\":{\"node\":\"" + range + "\"}}";

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_text_that_is_made_to_take_long_takes_no_time(string file, string text)
    {
        var files = new Dictionary<string, byte[]?>
        {
            ["package.json"] = """{"scripts":{"build":"vite build"},"devDependencies":{"vite":"6","astro":"5"}}"""u8.ToArray(),
            ["index.html"] = [],
        };
        foreach (var path in Enumerable.Range(0, 2000).Select(i => $"a/{i % 10}/b/{i % 100}/c/package.json"))
        {
            files[path] = "{}"u8.ToArray();
        }

        files[file] = System.Text.Encoding.UTF8.GetBytes(text);
        var tree = new MemorySourceTree(files);
        var watch = Stopwatch.StartNew();

        var reading = AppSettingsFile.Read(tree);
        var detected = ProjectDetector.Detect(tree, "");
        var settings = ProjectSettings.Resolve(new BuildRequest(), reading?.Settings, detected);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"{watch.Elapsed}");
        Assert.InRange((reading?.Warnings.Count ?? 0) + (reading?.Faults.Count ?? 0), 0, 50);
        Assert.InRange(settings.Node.Value.Length, 1, 200);
        Assert.InRange(settings.Output.Value?.Length ?? 0, 0, 300);
        Assert.InRange(detected.PackageManagerVersion?.Length ?? 0, 0, 200);
        Assert.InRange(detected.Warnings.Sum(warning => warning.Length) + detected.Evidence.Sum(one => one.Decision.Length + one.Source.Length), 0, 20_000);
    }
}
