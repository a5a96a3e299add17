namespace BuildFunctions.Sources.Trees;

/// <summary>Which files' text detection may ask for. Lock files count by their start alone.</summary>
public static class DetectionFiles
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "package.json", "app.json", "angular.json", "workspace.json", "project.json", "nx.json", "turbo.json", "lerna.json", "rush.json", "deno.json",
        "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "yarn.lock", "bun.lock", ".yarnrc.yml", ".npmrc",
        ".nvmrc", ".node-version", ".tool-versions", "_config.yml", "_config.yaml", "config.rb", "Gemfile", "requirements.txt", "pyproject.toml", "Pipfile", "manage.py",
        "composer.json", "pom.xml", "build.gradle", "build.gradle.kts", "deno.jsonc", "mix.exs", "pubspec.yaml", "wrangler.json",
        "wrangler.jsonc", "wrangler.toml",
        "Cargo.toml", "go.mod", ".eleventy.js", "index.html", "polymer.json", "siteConfig.js", "book.toml", "mkdocs.yml",
    };

    private static readonly string[] Stems = ["app", "index", "server", "main"];

    public static bool Matter(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Names.Contains(name)
            || name.Contains(".config.", StringComparison.Ordinal)
            || name.StartsWith("+config.", StringComparison.Ordinal)
            || name.EndsWith(".csproj", StringComparison.Ordinal)
            || name.EndsWith(".fsproj", StringComparison.Ordinal)
            || name is "config.toml" or "config.yaml" or "config.yml" or "config.json" or "hugo.toml" or "hugo.yaml" or "hugo.json" or "hugo.yml" or "config.ts" or "config.mts" or "config.js" or "config.mjs"
            || Array.Exists(Stems, stem => name.StartsWith(stem + ".", StringComparison.Ordinal) && name.Split('.') is [_, "js" or "cjs" or "mjs" or "ts" or "cts" or "mts"]);
    }
}
