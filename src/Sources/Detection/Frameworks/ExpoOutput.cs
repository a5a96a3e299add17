using System.Text.Json;
using System.Text.Json.Nodes;

namespace BuildFunctions.Sources.Detection.Frameworks;

// Expo's web export: one page, a page for each route, or a server with its client files.
internal static class ExpoOutput
{
    private const int FirstWithMetro = 49;

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    public static SiteOutput Read(AppFolder app)
    {
        var (file, output, bundler) = Web(app);
        if (app.BuildScript.Contains("export:web", StringComparison.Ordinal)
            || (app.Manifest?.Major("expo") is < FirstWithMetro && bundler != "metro" && app.BuildScript.Length == 0))
        {
            return new SiteOutput("web-build", "webpack's export of Expo before SDK 49") { Spa = true };
        }

        var site = ScriptFlag.Folder(app, "--output-dir")
            ?? new SiteOutput("dist", output is null ? "Expo's default" : $"{file} web.output: {output}");
        return output == "server"
            ? site with
            {
                Folder = site.Folder.TrimEnd('/') + "/client",
                Server = true,
                Warning = $"{file} asks for web.output \"server\": API routes and server rendering are not run here. "
                    + "\"static\" or \"single\" makes a site of files.",
            }
            : site with { Spa = output is not "static", Warning = NoWeb(app) };
    }

    private static string? NoWeb(AppFolder app) =>
        app.Depends("react-native-web") ? null
            : "The web export of Expo needs react-native-web and react-dom: npx expo install react-native-web react-dom.";

    private static (string File, string? Output, string? Bundler) Web(AppFolder app)
    {
        if (app.Config("app.config.*") is { } config && config.Block("web") is { } block)
        {
            return (config.File, block.Text("output"), block.Text("bundler"));
        }

        var file = app.PathOf("app.json");
        try
        {
            var json = JsonNode.Parse(app.Text("app.json") ?? "null", documentOptions: Lenient) as JsonObject;
            var web = ((json?["expo"] as JsonObject) ?? json)?["web"] as JsonObject;
            return (file, TextOf(web?["output"]), TextOf(web?["bundler"]));
        }
        catch (JsonException)
        {
            return (file, null, null);
        }
    }

    private static string? TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
