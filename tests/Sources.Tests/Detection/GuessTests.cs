using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;
using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Sources.Tests.Detection;

/// <summary>Where nothing tells the output folder, detection says so, and where something tells it, it does not.</summary>
public sealed class GuessTests
{
    [Theory]
    [InlineData("vite", "vite build", "export default {}", false)]
    [InlineData("vite", "tsc -b && vite build", "", false)]
    [InlineData("vite", "npm run build:web", "", false)]
    [InlineData("vite", "node scripts/build.mjs", "", true)]
    [InlineData("vite", "vite build", "const o = env.OUT; export default { build: { outDir: o } }", true)]
    [InlineData("vite", "vite build --outDir web", "const o = env.OUT; export default { build: { outDir: o } }", false)]
    [InlineData("react-scripts", "craco build", "", false)]
    [InlineData("lodash", "node make.js", "", true)]
    [InlineData("lodash", "node make.js --out-dir site", "", false)]
    public void A_folder_that_nothing_names_is_a_guess(string package, string script, string vite, bool guess)
    {
        var manifest = $$"""{ "scripts": { "build": "{{script}}", "build:web": "vite build" }, "dependencies": { "{{package}}": "*" } }""";
        var project = Detect([("package.json", manifest), .. vite.Length == 0 ? [] : new[] { ("vite.config.js", vite) }]);
        Assert.Equal(guess, project.OutputIsGuess);
        Assert.Equal(guess, project.Warnings.Any(warning => warning.Contains("is a guess")));
        Assert.Equal(guess, DetectionReport.Explain(project).Any(line => line.Contains("(a guess)")));
    }

    [Fact]
    public void A_folder_beside_the_apps_own_is_seen_from_the_top()
    {
        var project = ProjectDetector.Detect(
            Tree.Of(("client/package.json", """{ "scripts": { "build": "vite build" }, "devDependencies": { "vite": "6" } }"""),
                ("client/vite.config.js", "export default { build: { outDir: '../public/app' } }")), "client");

        Assert.Equal(("", "client", "cd client && npm run build", "public/app", false),
            (project.Root, project.InstallRoot, project.Command, project.Output, project.OutputIsGuess));
        Assert.Equal("", ProjectSettings.Resolve(new BuildRequest { Root = "client" }, null, project).Root.Value);
        Assert.Equal("client", ProjectSettings.Resolve(new BuildRequest { Root = "client", Output = "dist" }, null, project).Root.Value);
    }

    [Fact]
    public void A_folder_whose_name_a_shell_would_run_is_not_gone_to()
    {
        var project = ProjectDetector.Detect(
            Tree.Of(("a;id/package.json", """{ "scripts": { "build": "vite build" }, "devDependencies": { "vite": "6" } }"""),
                ("a;id/vite.config.js", "export default { build: { outDir: '../x' } }")), "a;id");
        Assert.Equal(("npm run build", "dist", true), (project.Command, project.Output, project.OutputIsGuess));
    }

    [Fact]
    public void Scripts_that_name_one_another_are_followed_once_each()
    {
        var names = Enumerable.Range(0, 150).Select(i => $"s{i}").Prepend("build").ToArray();
        var all = string.Join(' ', names);
        var scripts = string.Join(',', names.Select(name => $"\"{name}\":\"{all}\""));
        Assert.True(Detect(("package.json", "{\"scripts\":{" + scripts + "},\"dependencies\":{\"vite\":\"6\"}}")).OutputIsGuess);
    }

    private static DetectedProject Detect(params (string Path, string Text)[] files) => ProjectDetector.Detect(Tree.Of(files));
}
