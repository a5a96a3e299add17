using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

public sealed class WorkspaceTests
{
    private const string Web = """{ "name": "@acme/web", "dependencies": { "vite": "6", "react": "19" }, "scripts": { "build": "vite build", "dev": "vite" } }""";
    private const string Ui = """{ "name": "ui", "main": "index.js" }""";

    [Fact]
    public void The_only_app_of_a_pnpm_workspace_is_found_and_its_dependencies_built_with_it()
    {
        var project = Detect("", ("package.json", "{}"), ("pnpm-workspace.yaml", "packages:\n  # apps\n  - 'apps/*'\n  - \"packages/*\"\n"), ("pnpm-lock.yaml", ""), ("apps/web/package.json", Web), ("packages/ui/package.json", Ui));

        Assert.Equal(("vite", "apps/web", ""), (project.Framework, project.Root, project.InstallRoot));
        Assert.Equal(("pnpm install --frozen-lockfile", "pnpm --filter @acme/web... run build", "dist"), (project.Install, project.Command, project.Output));
        Assert.Equal(["apps/web"], project.Workspace!.Apps);
    }

    [Fact]
    public void Several_apps_are_listed_for_the_user_to_choose_from()
    {
        var project = Detect("", ("package.json", """{ "workspaces": ["apps/**", "!apps/old"] }"""), ("apps/web/package.json", Web), ("apps/admin/package.json", Web), ("apps/old/package.json", Web));

        Assert.Equal("none", project.Framework);
        Assert.Equal(["apps/admin", "apps/web"], project.Workspace!.Apps);
        Assert.Contains(project.Warnings, warning => warning.Contains("apps/admin, apps/web"));
    }

    [Theory]
    [InlineData("package-lock.json", "{}", "npm ci", "npm run build")]
    [InlineData("yarn.lock", "", "yarn install --frozen-lockfile", "yarn run build")]
    [InlineData("bun.lock", "", "bun install --frozen-lockfile", "bun run build")]
    public void A_named_root_takes_the_lock_file_of_its_workspace(string file, string text, string install, string command)
    {
        var project = Detect("apps/web", ("package.json", """{ "workspaces": { "packages": ["./apps/*/"] } }"""), (file, text), ("apps/web/package.json", Web));
        Assert.Equal((install, command, ""), (project.Install, project.Command, project.InstallRoot));
    }

    [Fact]
    public void Turbo_builds_the_app_with_what_it_depends_on()
    {
        var project = Detect("apps/web", ("package.json", """{ "workspaces": ["apps/*"], "devDependencies": { "turbo": "2" } }"""), ("turbo.json", "{}"), ("package-lock.json", "{}"), ("apps/web/package.json", Web));
        Assert.Equal("npx --no-install turbo run build --filter=@acme/web", project.Command);
    }

    [Fact]
    public void A_folder_that_is_no_member_keeps_to_itself()
    {
        var project = Detect("site", ("package.json", """{ "workspaces": ["apps/*"] }"""), ("yarn.lock", ""), ("site/package.json", Web), ("site/package-lock.json", "{}"));
        Assert.Equal(("npm ci", "site"), (project.Install, project.InstallRoot));
        Assert.Null(project.Workspace);
    }

    [Fact]
    public void An_app_in_a_folder_of_its_own_is_found_without_a_workspace()
    {
        var project = Detect("", ("README.md", ""), ("frontend/package.json", Web), ("backend/go.mod", ""));
        Assert.Equal(("frontend", "frontend"), (project.Root, project.InstallRoot));
    }

    [Fact]
    public void A_package_name_that_a_shell_would_run_never_reaches_the_command()
    {
        var project = Detect("apps/web", ("package.json", "{}"), ("pnpm-workspace.yaml", "packages: [apps/*]"), ("apps/web/package.json", Web.Replace("@acme/web", "x;rm -rf ~")));
        Assert.Equal("pnpm run build", project.Command);
    }

    private static DetectedProject Detect(string root, params (string Path, string Text)[] files) => ProjectDetector.Detect(Tree.Of(files), root);
}
