using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

public sealed class DetectionTests
{
    [Theory]
    [InlineData("npm ci", "package-lock.json", null)]
    [InlineData("npm ci", "npm-shrinkwrap.json", null)]
    [InlineData("pnpm install --frozen-lockfile", "pnpm-lock.yaml", null)]
    [InlineData("yarn install --frozen-lockfile", "yarn.lock", "# yarn lockfile v1")]
    [InlineData("yarn install --immutable", "yarn.lock", "__metadata:\n  version: 8\n")]
    [InlineData("bun install --frozen-lockfile", "bun.lock", null)]
    [InlineData("bun install --frozen-lockfile", "bun.lockb", null)]
    public void A_lock_file_names_the_package_manager_and_freezes_the_install(string install, string file, string? text)
    {
        var project = Detect(("package.json", Vite()), (file, text ?? ""));
        Assert.Equal(install, project.Install);
        Assert.Empty(project.Warnings);
    }

    [Fact]
    public void Without_a_lock_file_the_install_is_free_and_said_to_be()
    {
        var project = Detect(("package.json", Vite()));
        Assert.Equal("npm install", project.Install);
        Assert.Contains("no lock file", Assert.Single(project.Warnings));
    }

    [Fact]
    public void The_packageManager_field_wins_over_lock_files()
    {
        var project = Detect(("package.json", Vite(""", "packageManager": "yarn@4.5.1+sha512.abc" """)), ("yarn.lock", "__metadata:\n  version: 8\n"), ("package-lock.json", "{}"));
        Assert.Equal(("yarn", "4.5.1", "yarn install --immutable"), (project.PackageManager, project.PackageManagerVersion, project.Install));
        Assert.Contains(project.Warnings, warning => warning.StartsWith("More than one lock file"));
    }

    [Theory]
    [InlineData("lockfileVersion: '9.0'\n", "10")]
    [InlineData("lockfileVersion: '6.0'\n", "8")]
    [InlineData("lockfileVersion: 5.4\n", "7")]
    public void The_lock_file_tells_the_version_of_pnpm(string text, string version) =>
        Assert.Equal(version, Detect(("package.json", Vite()), ("pnpm-lock.yaml", text)).PackageManagerVersion);

    [Theory]
    [InlineData(">=18", "22")]
    [InlineData("^20.9.0", "20")]
    [InlineData("18.x", "18")]
    [InlineData("18 || 20", "20")]
    [InlineData(">=16 <19", "18")]
    [InlineData("14 - 18", "18")]
    [InlineData("20.11.1", "20.11.1")]
    [InlineData(">= 18.17.0", "22")]
    [InlineData("*", "22")]
    [InlineData(">22", "24")]
    [InlineData("~24", "24")]
    [InlineData("<=20", "20")]
    public void Engines_choose_the_Node_version(string range, string version) =>
        Assert.Equal(version, Detect(("package.json", Vite($$""", "engines": { "node": "{{range}}" } """))).Node);

    [Theory]
    [InlineData(".nvmrc", "v20.10.0\n", "20.10.0")]
    [InlineData(".nvmrc", "lts/iron", "20")]
    [InlineData(".nvmrc", "lts/*", "22")]
    [InlineData(".node-version", "18\n", "18")]
    [InlineData(".tool-versions", "ruby 3.2.0\nnodejs 20.5.0\n", "20.5.0")]
    public void Version_files_choose_the_Node_version(string file, string text, string version) =>
        Assert.Equal(version, Detect(("package.json", Vite()), (file, text)).Node);

    [Fact]
    public void Volta_chooses_the_Node_version() => Assert.Equal("20.1.0", Detect(("package.json", Vite(""", "volta": { "node": "20.1.0" } """))).Node);

    [Fact]
    public void A_Node_version_that_no_release_satisfies_is_warned_of()
    {
        var project = Detect(("package.json", Vite(""", "engines": { "node": "<4" } """)), ("package-lock.json", ""));
        Assert.Equal("22", project.Node);
        Assert.Contains("<4", Assert.Single(project.Warnings));
    }

    [Fact]
    public void A_folder_with_a_page_and_no_build_is_served_as_it_stands()
    {
        var project = Detect(("index.html", "<h1>"));
        Assert.Equal(("static", ".", false), (project.Framework, project.Output, project.NeedsBuild));
        Assert.Null(project.Command);
        Assert.Equal("public", Detect(("public/index.html", "")).Output);
    }

    [Fact]
    public void An_unknown_build_is_run_and_its_output_guessed()
    {
        var project = Detect(("package.json", """{ "scripts": { "build": "node make.js --out-dir site" } }"""));
        Assert.Equal(("none", "npm run build", "site"), (project.Framework, project.Command, project.Output));
        Assert.Equal("dist", Detect(("package.json", """{ "scripts": { "build": "make" } }""")).Output);
    }

    [Fact]
    public void Without_a_build_script_the_tool_itself_is_run() =>
        Assert.Equal("pnpm exec vite build", Detect(("package.json", """{ "devDependencies": { "vite": "6" } }"""), ("pnpm-lock.yaml", "")).Command);

    [Fact]
    public void An_empty_folder_is_nothing_and_says_so()
    {
        var project = Detect(("README.md", "hello"));
        Assert.Equal(("none", false), (project.Framework, project.NeedsBuild));
        Assert.Single(project.Warnings);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("[]")]
    [InlineData("""{ "dependencies": "all", "scripts": [], "workspaces": 5, "engines": { "node": 20 } }""")]
    public void A_broken_package_json_does_not_stop_detection(string text) => Assert.Equal("static", Detect(("package.json", text), ("index.html", "")).Framework);

    [Fact]
    public void Each_decision_can_be_explained()
    {
        var lines = DetectionReport.Explain(Detect(("package.json", Vite()), ("package-lock.json", ""), (".nvmrc", "20"))).ToArray();
        Assert.Equal("Detected: Vite (React)", lines[0]);
        Assert.Contains("  .nvmrc: Node.js 20 (20)", lines);
        Assert.Contains("  package-lock.json: install exactly what the lock file says", lines);
    }

    private static string Vite(string more = "") => $$"""{ "devDependencies": { "vite": "6", "react": "19" }, "scripts": { "build": "vite build" }{{more}} }""";

    private static DetectedProject Detect(params (string Path, string Text)[] files) => ProjectDetector.Detect(Tree.Of(files));
}
