using System.Text.Json;
using System.Text.Json.Nodes;

namespace BuildFunctions.Sources.Detection.Workspaces;

// One application of an Nx workspace, as its project.json tells it.
internal sealed record NxProject(string Folder, string Name)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private static readonly (string Part, string Framework)[] Executors =
    [
        ("next", "next"), ("nuxt", "nuxt"), ("remix", "remix"), ("expo", "expo"), ("astro", "astro"), ("angular", "angular"),
        ("vite:", "vite"), ("storybook", "storybook"),
        ("webpack", "webpack"), ("rspack", "rspack"), ("web:", "web"), ("rollup", "rollup"),
    ];

    private static readonly (string Config, string Framework)[] Configs =
    [
        ("next.config.*", "next"), ("nuxt.config.*", "nuxt"), ("react-router.config.*", "react-router"), ("remix.config.*", "remix"),
        ("astro.config.*", "astro"), ("vite.config.*", "vite"),
        ("rsbuild.config.*", "rsbuild"),
    ];

    // The framework's id, as the executor of the build or a configuration beside it tells; null for servers, libraries and tests.
    public string? Framework { get; private init; }

    public string? Executor { get; private init; }

    // Seen from the top of the workspace.
    public string? Output { get; private init; }

    public bool IsSite => Framework is not null;

    public static JsonObject? Parse(string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "", documentOptions: Lenient) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Null where the folder has a build script of its own: then that is what is run.
    public static NxProject? Read(AppFolder app, JsonObject json, string? named = null) =>
        app.BuildScript.Length == 0 && Describe(app, json, named) is var project && NodeBuild.SafeName(project.Name) ? project : null;

    private static NxProject Describe(AppFolder app, JsonObject json, string? named)
    {
        var build = Part(json["targets"] ?? json["architect"], "build");
        var executor = TextOf(build?["executor"]) ?? TextOf(build?["builder"]);
        var name = named ?? TextOf(json["name"]) ?? app.Manifest?.Name ?? app.Folder[(app.Folder.LastIndexOf('/') + 1)..];
        var site = TextOf(json["projectType"]) is null or "application" && !name.EndsWith("-e2e", StringComparison.Ordinal);
        return new NxProject(app.Folder, name)
        {
            Executor = executor,
            Framework = site ? FrameworkOf(app, executor) : null,
            Output = OutputOf(app, build),
        };
    }

    private static string? FrameworkOf(AppFolder app, string? executor) => executor is not null
        ? Executors.FirstOrDefault(pair => executor.Contains(pair.Part, StringComparison.Ordinal)).Framework
        : Configs.FirstOrDefault(pair => app.Find(pair.Config) is not null).Framework;

    private static string? OutputOf(AppFolder app, JsonObject? build)
    {
        var options = build?["options"] as JsonObject;
        var path = TextOf(options?["outputPath"]) ?? TextOf((options?["outputPath"] as JsonObject)?["base"]);
        var output = path ?? TextOf((build?["outputs"] as JsonArray)?.FirstOrDefault());
        return output?.Contains("{options.", StringComparison.Ordinal) is null or true ? null
            : output.Replace("{workspaceRoot}/", "", StringComparison.Ordinal)
                .Replace("{projectRoot}", app.Folder, StringComparison.Ordinal);
    }

    private static JsonObject? Part(JsonNode? node, string name) => (node as JsonObject)?[name] as JsonObject;

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
