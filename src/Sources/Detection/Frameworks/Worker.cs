using System.Text.Json;
using System.Text.Json.Nodes;

namespace BuildFunctions.Sources.Detection.Frameworks;

// What wrangler is told of a Cloudflare Worker: its program, and the folder of files beside it.
internal sealed record Worker(string File, string? Main, string? Assets, bool IsSpa)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static Worker? Of(AppFolder app) =>
        new[] { "wrangler.json", "wrangler.jsonc" }.Where(app.Has).Select(file => FromJson(app.PathOf(file), app.Text(file)))
            .FirstOrDefault(worker => worker is not null)
        ?? (app.Text("wrangler.toml") is { } toml ? FromToml(app.PathOf("wrangler.toml"), toml) : null);

    private static Worker? FromJson(string file, string? text)
    {
        try
        {
            return JsonNode.Parse(text ?? "", documentOptions: Lenient) is JsonObject json
                ? new Worker(file, TextOf(json["main"]), TextOf((json["assets"] as JsonObject)?["directory"]),
                    TextOf((json["assets"] as JsonObject)?["not_found_handling"]) == "single-page-application")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Two keys are enough: main at the top, and directory below [assets] or inline.
    private static Worker FromToml(string file, string toml)
    {
        string? main = null, assets = null;
        var (table, spa) = ("", false);
        foreach (var line in toml.Split('\n').Select(line => line.Trim()))
        {
            table = line is ['[', ..] ? line.Trim('[', ']') : table;
            main ??= table.Length == 0 ? Toml.Value(line, "main") : null;
            assets ??= table == "assets" ? Toml.Value(line, "directory") : table.Length == 0 ? Toml.Inline(line, "assets", "directory")
                : null;
            spa |= line.Contains("not_found_handling", StringComparison.Ordinal)
                && line.Contains("single-page-application", StringComparison.Ordinal);
        }

        return new Worker(file, main, assets, spa);
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
