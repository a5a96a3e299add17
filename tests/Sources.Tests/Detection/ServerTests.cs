using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

/// <summary>What needs a server has a name, is never taken for a site, and is not dropped in silence where it stands beside one.</summary>
public sealed class ServerTests
{
    [Theory]
    [InlineData("php", "PHP", "composer.json", "{}")]
    [InlineData("php", "PHP", "index.php", "")]
    [InlineData("wordpress", "WordPress", "wp-config.php", "")]
    [InlineData("laravel", "Laravel", "artisan", "")]
    [InlineData("symfony", "Symfony", "symfony.lock", "{}")]
    [InlineData("spring-boot", "Spring Boot (Java)", "pom.xml", "<artifactId>spring-boot-starter</artifactId>")]
    [InlineData("quarkus", "Quarkus (Java)", "build.gradle.kts", "id(\"io.quarkus\")")]
    [InlineData("java", "Java (Maven)", "pom.xml", "<project/>")]
    [InlineData("java", "Java or Kotlin (Gradle)", "build.gradle", "")]
    [InlineData("aspnet", "ASP.NET Core", "Shop.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.Web\">")]
    [InlineData("dotnet", ".NET", "Tool.fsproj", "<Project Sdk=\"Microsoft.NET.Sdk\">")]
    [InlineData("fresh", "Fresh (Deno)", "deno.json", "{ \"imports\": { \"fresh\": \"jsr:@fresh/core\" } }")]
    [InlineData("deno", "Deno", "deno.jsonc", "{}")]
    [InlineData("go", "Go", "go.mod", "module x")]
    [InlineData("rust", "Rust", "Cargo.toml", "")]
    [InlineData("rails", "Rails", "config/application.rb", "")]
    [InlineData("ruby", "Ruby", "Gemfile", "")]
    [InlineData("python", "Python", "main.py", "")]
    [InlineData("django", "Django", "requirements.txt", "Django==5")]
    [InlineData("phoenix", "Phoenix (Elixir)", "mix.exs", "{:phoenix, \"~> 1.7\"}")]
    [InlineData("elixir", "Elixir", "mix.exs", "")]
    [InlineData("cloudflare-worker", "Cloudflare Worker", "wrangler.toml", "name = \"x\"\nmain = \"src/index.ts\"")]
    [InlineData("docker", "Container image", "Dockerfile", "FROM x")]
    [InlineData("docker", "Docker Compose", "compose.yaml", "")]
    public void A_program_has_its_name_and_is_told_what_can_be_done(string framework, string label, string file, string text)
    {
        var project = Detect((file, text));
        Assert.Equal((framework, label, null, true, false),
            (project.Framework, project.Label, project.Output, project.Server, project.NeedsBuild));
        Assert.Contains("--output", Assert.Single(project.Warnings));
    }

    [Theory]
    [InlineData("node server.js", "")]
    [InlineData("tsx src/index.ts", "tsc")]
    [InlineData("NODE_ENV=production node dist/main.js", "tsc")]
    public void A_server_of_Node_has_its_name(string start, string build)
    {
        var project = Detect(("package.json", $$"""{ "scripts": { "start": "{{start}}", "build": "{{build}}" } }"""),
            ("package-lock.json", ""));
        Assert.Equal(("node", "Node.js server", null, true), (project.Framework, project.Label, project.Output, project.Server));
        Assert.Contains("needs a server", Assert.Single(project.Warnings));
    }

    [Theory]
    [InlineData("node server.js", "server.js", "", "scripts.start")]
    [InlineData("vite preview", "netlify/functions/hello.ts", "", "netlify/functions")]
    [InlineData("serve", "manage.py", "", null)]
    [InlineData("serve", "requirements.txt", "flask", "Flask")]
    [InlineData("serve", "pom.xml", "spring-boot", "Spring Boot")]
    [InlineData("serve", "composer.json", "{}", "PHP")]
    [InlineData("serve", "wrangler.toml", "main = \"src/index.ts\"\n[assets]\ndirectory = \"dist\"", "src/index.ts")]
    [InlineData("serve", "src/main.ts", "", null)]
    public void A_part_beside_a_site_that_needs_a_server_is_named(string start, string file, string text, string? named)
    {
        var project = Detect(
            ("package.json", $$"""{ "scripts": { "build": "vite build", "start": "{{start}}" }, "devDependencies": { "vite": "6" } }"""),
                ("package-lock.json", ""), (file, text));
        Assert.Equal(("vite", "dist", false), (project.Framework, project.Output, project.Server));
        Assert.Equal(named,
            project.Warnings.Count == 0 ? null : Assert.Single(project.Warnings) is var warning && warning.Contains("not run here")
                ? named is not null && warning.Contains(named) ? named : warning : warning);
    }

    [Fact]
    public void A_site_below_a_server_is_taken_and_the_server_named()
    {
        var project = Detect(
            ("requirements.txt", "fastapi"), ("main.py", ""), ("Dockerfile", ""),
                ("web/package.json", """{ "scripts": { "build": "vite build" }, "devDependencies": { "vite": "6" } }"""),
                    ("web/package-lock.json", ""));
        Assert.Equal(("vite", "web", "dist"), (project.Framework, project.Root, project.Output));
        Assert.Contains("FastAPI", Assert.Single(project.Warnings));
    }

    [Fact]
    public void A_page_beside_a_container_is_a_site_as_it_stands() =>
        Assert.Equal(("static", "."),
            Detect(("Dockerfile", "FROM nginx"), ("index.html", "")) is var project ? (project.Framework, project.Output) : default);

    [Fact]
    public void The_assets_of_a_Worker_without_a_build_are_a_site_as_it_stands()
    {
        var project = Detect(("wrangler.json", """{ "main": "src/index.ts", "assets": { "directory": "./web/" } }"""),
            ("web/index.html", ""), ("src/index.ts", ""));
        Assert.Equal(("static", "web", false), (project.Framework, project.Output, project.NeedsBuild));
        Assert.Contains("src/index.ts", Assert.Single(project.Warnings));
    }

    [Theory]
    [InlineData("blazor", "publish/wwwroot", "App.csproj", "<Project Sdk=\"Microsoft.NET.Sdk.BlazorWebAssembly\">")]
    [InlineData("trunk", "dist", "Trunk.toml", "")]
    [InlineData("flutter", "build/web", "pubspec.yaml", "  flutter:\n    sdk: flutter\n")]
    [InlineData("lume", "_site", "deno.json", "{ \"imports\": { \"lume/\": \"https://deno.land/x/lume/\" } }")]
    [InlineData("sphinx", "docs/_build/html", "docs/conf.py", "")]
    public void A_generator_of_another_language_is_run(string framework, string output, string file, string text)
    {
        var project = Detect((file, text));
        Assert.Equal((framework, output, true), (project.Framework, project.Output, project.NeedsBuild));
        Assert.Null(project.Install);
    }

    private static DetectedProject Detect(params (string Path, string Text)[] files) => ProjectDetector.Detect(Tree.Of(files));
}
