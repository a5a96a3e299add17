using BuildFunctions.Sources.Detection.Frameworks;

namespace BuildFunctions.Sources.Detection;

// What stands beside a site and needs a server. It is not run here, and nobody should find that out from the site.
internal static class ServerParts
{
    private static readonly string[] Runners = ["node", "nodemon", "tsx", "ts-node", "bun", "deno", "pm2"];
    private static readonly string[] Programs = [".js", ".mjs", ".cjs", ".ts", ".mts"];
    private static readonly string[] Functions = ["netlify/functions", "supabase/functions", "amplify/backend"];

    public static string? Beside(AppFolder app) =>
        Worker.Of(app) is { Main: { } main } worker ? $"{main}, the Worker that {worker.File} names"
        : StartedServer(app) is { } start ? $"the server that scripts.start runs ({start})"
        : Functions.FirstOrDefault(app.HasFolder) is { } folder ? $"what is in {app.PathOf(folder)}"
        : app.HasFolder("api") && app.Has("vercel.json") ? $"what is in {app.PathOf("api")}"
        : app.HasFolder("functions") && (app.Has("firebase.json") || app.Depends("wrangler")) ? $"what is in {app.PathOf("functions")}"
        : FrameworkCatalog.Servers.Concat(Languages.All)
            .FirstOrDefault(server => server.Id is not ("docker" or "node" or "bun") && server.Match(app) is not null) is { } other
                ? $"the {other.Label} part"
        : null;

    // A start script that runs a program of the app's own, as servers do; "vite preview" and "serve" are no such thing.
    public static string? StartedServer(AppFolder app)
    {
        var start = app.Manifest?.Scripts.GetValueOrDefault("start") ?? "";
        var words = start.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var runs = words.Any(word => Runners.Contains(word))
            && (words is ["node" or "bun", "."]
                || words.Any(word => Programs.Any(word.EndsWith) || word.StartsWith("dist/", StringComparison.Ordinal)));
        return !runs ? null : start.Length <= 100 ? start : start[..100] + "…";
    }
}
