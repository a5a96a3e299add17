using System.Text.Json;

namespace BuildFunctions.Sources.Detection.Packages;

// package.json, as far as it matters here. A field of the wrong type counts as absent: npm is as forgiving.
internal sealed record PackageManifest
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public string? Name { get; private init; }

    public string? PackageManager { get; private init; }

    public IReadOnlyDictionary<string, string> Dependencies { get; private init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Scripts { get; private init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Engines { get; private init; } = new Dictionary<string, string>();

    public string? VoltaNode { get; private init; }

    public IReadOnlyList<string>? Workspaces { get; private init; }

    public string? Main { get; private init; }

    public bool Has(string package) => Dependencies.ContainsKey(package);

    public int? Major(string package) =>
        Dependencies.TryGetValue(package, out var range) && NodeRange.FirstNumber(range) is { } major ? major : null;

    // The oldest version that the range of a package allows; null for "latest" and the like.
    public (int Major, int Minor)? Version(string package) =>
        Dependencies.TryGetValue(package, out var range) ? NodeRange.FirstVersion(range) : null;

    public static PackageManifest? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text.TrimStart('\uFEFF'), Lenient);
            return document.RootElement.ValueKind is JsonValueKind.Object ? From(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static PackageManifest From(JsonElement json) => new()
    {
        Name = Text(json, "name"),
        PackageManager = Text(json, "packageManager"),
        Main = Text(json, "main"),
        Dependencies = new[] { "devDependencies", "dependencies" }.SelectMany(field => Texts(json, field)).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value),
        Scripts = new Dictionary<string, string>(Texts(json, "scripts")),
        Engines = new Dictionary<string, string>(Texts(json, "engines")),
        VoltaNode = Texts(json, "volta").GetValueOrDefault("node"),
        Workspaces = Patterns(json),
    };

    private static string? Text(JsonElement json, string field) =>
        json.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static Dictionary<string, string> Texts(JsonElement json, string field)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (json.TryGetProperty(field, out var fields) && fields.ValueKind is JsonValueKind.Object)
        {
            foreach (var pair in fields.EnumerateObject().Where(pair => pair.Value.ValueKind is JsonValueKind.String))
            {
                texts[pair.Name] = pair.Value.GetString()!;
            }
        }

        return texts;
    }

    private static List<string>? Patterns(JsonElement json)
    {
        if (!json.TryGetProperty("workspaces", out var value))
        {
            return null;
        }

        var list = value.ValueKind is JsonValueKind.Object && value.TryGetProperty("packages", out var packages) ? packages : value;
        return list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!)] : null;
    }
}
