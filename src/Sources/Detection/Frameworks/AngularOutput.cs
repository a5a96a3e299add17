using System.Text.Json;
using System.Text.Json.Nodes;

namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class AngularOutput
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static SiteOutput? Read(AppFolder app)
    {
        if (app.Text("angular.json") is not { } text)
        {
            return null;
        }

        try
        {
            return Read(JsonNode.Parse(text, documentOptions: Lenient), app.PathOf("angular.json"), Asked(app));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            return new SiteOutput("dist", "Angular's default") { Warning = $"{app.PathOf("angular.json")} cannot be read: {failure.Message}" };
        }
    }

    // "ng build shop" and "ng build --project shop" name one of several projects.
    private static string? Asked(AppFolder app) =>
        ScriptFlag.Folder(app, "--project")?.Folder
        ?? (app.BuildScript.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["ng", "build", var name, ..] && !name.StartsWith('-')
            ? name : null);

    private static SiteOutput? Read(JsonNode? json, string file, string? asked)
    {
        var projects = json?["projects"]?.AsObject();
        var name = asked is not null && projects?[asked] is not null ? asked
            : json?["defaultProject"]?.GetValue<string>() ?? projects?.FirstOrDefault(IsApplication).Key;
        if (name is null || projects?[name] is not { } project || (project["architect"] ?? project["targets"])?["build"] is not { } build)
        {
            return null;
        }

        var path = build["options"]?["outputPath"];
        var folder = path switch { JsonValue value => value.GetValue<string>(), JsonObject parts => parts["base"]?.GetValue<string>(), _ => null } ?? $"dist/{name}";
        var esbuild = build["builder"]?.GetValue<string>().EndsWith(":application", StringComparison.Ordinal) is true;
        var browser = path is JsonObject named && named["browser"] is { } given ? given.GetValue<string>() : esbuild ? "browser" : "";
        var server = build["options"]?["outputMode"]?.GetValue<string>() == "server";
        return new SiteOutput($"{folder.TrimEnd('/')}/{browser}".TrimEnd('/'), $"{file} projects.{name}.architect.build.options.outputPath")
        {
            Spa = !server,
            Server = server,
            Warning = server
                ? $"{file} asks for outputMode \"server\": rendering on a server is not done here. \"static\" makes a site of files."
                    : null,
        };
    }

    private static bool IsApplication(KeyValuePair<string, JsonNode?> project) => project.Value?["projectType"]?.GetValue<string>() is null or "application";
}
