namespace BuildFunctions.Sources.Detection.Frameworks;

// Programs in other languages, by the file that each of them has. They are looked for where no site was found, and named beside one.
internal static class Languages
{
    private const string Build = "A site that its build writes can be put online.";

    public static IReadOnlyList<Framework> All { get; } =
    [
        new("wordpress", "WordPress")
        {
            Files = ["wp-config.php", "wp-config-sample.php", "wp-login.php"], Server = true,
            Advice = "The plugin Simply Static writes its pages as files.",
        },
        Containing("cloudflare-worker", "Cloudflare Worker", "main", "wrangler.json", "wrangler.jsonc", "wrangler.toml"),
        Named("php", "PHP", "composer.json", "index.php", "public/index.php"),
        Containing("spring-boot", "Spring Boot (Java)", "spring-boot", "pom.xml", "build.gradle", "build.gradle.kts"),
        Containing("quarkus", "Quarkus (Java)", "io.quarkus", "pom.xml", "build.gradle", "build.gradle.kts"),
        Named("java", "Java (Maven)", "pom.xml"),
        Named("java", "Java or Kotlin (Gradle)", "build.gradle", "build.gradle.kts", "gradlew"),
        Containing("aspnet", "ASP.NET Core", "Microsoft.NET.Sdk.Web", "*.csproj", "*.fsproj"),
        Named("dotnet", ".NET", "*.csproj", "*.fsproj", "*.sln", "*.slnx"),
        Containing("fresh", "Fresh (Deno)", "fresh", "deno.json", "deno.jsonc"),
        Named("deno", "Deno", "deno.json", "deno.jsonc", "deno.lock"),
        Named("go", "Go", "go.mod", "main.go"),
        Named("rust", "Rust", "Cargo.toml"),
        Named("ruby", "Ruby", "config.ru", "Gemfile"),
        Named("python", "Python", "requirements.txt", "pyproject.toml", "Pipfile", "setup.py", "main.py", "app.py"),
        Containing("phoenix", "Phoenix (Elixir)", ":phoenix", "mix.exs"),
        Named("elixir", "Elixir", "mix.exs"),
        Named("docker", "Container image", "Dockerfile", "Containerfile") with
        {
            Advice = "Images are not built here; a build that writes a site can be run without one.",
        },
        Named("docker", "Docker Compose", "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml") with
        {
            Advice = "Containers are not run here; a build that writes a site can be run without one.",
        },
    ];

    private static Framework Named(string id, string label, params string[] files) => new(id, label)
    {
        Files = files,
        Server = true,
        Advice = Build,
    };

    private static Framework Containing(string id, string label, string text, params string[] files) => Named(id, label, files) with
    {
        Containing = text,
    };
}
