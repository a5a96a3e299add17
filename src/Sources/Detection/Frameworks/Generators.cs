namespace BuildFunctions.Sources.Detection.Frameworks;

// Site generators of other languages; the machine that builds must have the tool.
internal static class Generators
{
    public static IReadOnlyList<Framework> All { get; } =
    [
        new("blazor", "Blazor WebAssembly")
        {
            Files = ["*.csproj"], Containing = "Microsoft.NET.Sdk.BlazorWebAssembly", Native = "dotnet publish -c Release -o publish",
                Output = "publish/wwwroot", Spa = true,
        },
        new("trunk", "Trunk (Rust)") { Files = ["Trunk.toml"], Native = "trunk build --release", Output = "dist", Spa = true },
        new("flutter", "Flutter")
        {
            Files = ["pubspec.yaml"], Containing = "sdk: flutter", Native = "flutter build web", Output = "build/web", Spa = true,
        },
        new("lume", "Lume (Deno)")
        {
            Files = ["deno.json", "deno.jsonc"], Containing = "lume/", Native = "deno task build", Output = "_site",
        },
        new("quarto", "Quarto") { Files = ["_quarto.yml"], Native = "quarto render", Output = "_site" },
        new("sphinx", "Sphinx") { Files = ["docs/conf.py"], Native = "sphinx-build docs docs/_build/html", Output = "docs/_build/html" },
        new("pelican", "Pelican") { Files = ["pelicanconf.py"], Native = "pelican content", Output = "output" },
        new("bridgetown", "Bridgetown") { Files = ["bridgetown.config.yml"], Native = "bin/bridgetown deploy", Output = "output" },
    ];
}
