using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

/// <summary>Nx workspaces whose applications share the package.json of the top.</summary>
public sealed class NxTests
{
    private const string Top = """{ "devDependencies": { "nx": "20", "vite": "6", "next": "15", "@angular/cli": "19" }, "dependencies": { "react": "19" } }""";
    private const string Vite = """{ "name": "web", "projectType": "application", "targets": { "build": { "executor": "@nx/vite:build", "outputs": ["{options.outputPath}"], "options": { "outputPath": "dist/apps/web" } } } }""";

    [Theory]
    [InlineData("")]
    [InlineData("apps/web")]
    public void The_application_is_built_by_Nx_from_the_top(string root)
    {
        var project = Detect(root, ("apps/web/project.json", Vite),
            ("apps/web-e2e/project.json", """{ "name": "web-e2e", "projectType": "application" }"""),
                ("libs/ui/project.json", """{ "projectType": "library" }"""));

        Assert.Equal(("vite", "Vite (React) in Nx", "", "dist/apps/web"), (project.Framework, project.Label, project.Root, project.Output));
        Assert.Equal(("npm ci", "npx --no-install nx run web:build", ""), (project.Install, project.Command, project.InstallRoot));
        Assert.Equal(("nx", "apps/web"), (project.Workspace!.Tool, Assert.Single(project.Workspace.Apps)));
        Assert.Empty(project.Warnings);
    }

    [Fact]
    public void Several_applications_are_named()
    {
        var project = Detect("", ("apps/web/project.json", Vite), ("apps/docs/project.json", """{ "name": "docs" }"""),
            ("apps/docs/astro.config.mjs", ""));
        Assert.Contains(project.Warnings, warning => warning.Contains("apps/docs, apps/web"));
    }

    [Theory]
    [InlineData("angular", "dist/apps/a/browser",
        """{ "name": "a", "targets": { "build": { "executor": "@angular-devkit/build-angular:application", "options": { "outputPath": "dist/apps/a" } } } }""", "x", "")]
    [InlineData("next", "dist/apps/a/.next",
        """{ "name": "a", "targets": { "build": { "executor": "@nx/next:build", "options": { "outputPath": "dist/apps/a" } } } }""",
            "next.config.js", "module.exports = {}")]
    [InlineData("vite", "dist/apps/a", """{ "name": "a" }""", "vite.config.ts",
        "export default { root: __dirname, build: { outDir: '../../dist/apps/a' } }")]
    [InlineData("vite", "apps/a/dist", """{ "name": "a" }""", "vite.config.ts", "export default {}")]
    [InlineData("vite", "dist/apps/a", """{ "name": "a", "targets": { "build": { "executor": "@nx/vite:build" } } }""", "vite.config.ts",
        "export default {}")]
    [InlineData("none", "dist/apps/a",
        """{ "name": "a", "targets": { "build": { "executor": "@nx/webpack:webpack", "outputs": ["{workspaceRoot}/dist/{projectRoot}"] } } }""", "x", "")]
    public void The_output_is_where_the_project_or_its_tool_says(string framework, string output, string json, string file, string text)
    {
        var project = Detect("apps/a", ("apps/a/project.json", json), ($"apps/a/{file}", text));
        Assert.Equal((framework, output), (project.Framework, project.Output));
    }

    [Fact]
    public void An_older_workspace_lists_its_projects_in_one_file()
    {
        const string Listed = """{ "projects": { "web": { "root": "apps/web", "projectType": "application", "architect": { "build": { "builder": "@nrwl/vite:build", "options": { "outputPath": "out" } } } }, "x": { "root": "../x" } } }""";
        var project = Detect("", ("workspace.json", Listed), ("apps/web/index.html", ""));
        Assert.Equal(("vite", "npx --no-install nx run web:build", "out"), (project.Framework, project.Command, project.Output));
    }

    [Fact]
    public void A_server_among_the_projects_has_no_site()
    {
        var project = Detect("apps/api",
            ("apps/api/project.json", """{ "name": "api", "targets": { "build": { "executor": "@nx/esbuild:esbuild" } } }"""));
        Assert.Equal(("node", null, true), (project.Framework, project.Output, project.Server));
    }

    [Fact]
    public void A_project_name_that_a_shell_would_run_never_reaches_the_command() =>
        Assert.DoesNotContain("rm", Detect("apps/web", ("apps/web/project.json", Vite.Replace("\"web\"", "\"x;rm -rf ~\""))).Command ?? "");

    private static DetectedProject Detect(string root, params (string Path, string Text)[] files) =>
        ProjectDetector.Detect(Tree.Of([("package.json", Top), ("nx.json", "{}"), ("package-lock.json", "{}"), .. files]), root);
}
