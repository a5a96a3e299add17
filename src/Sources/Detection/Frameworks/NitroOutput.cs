namespace BuildFunctions.Sources.Detection.Frameworks;

// Nitro puts the public files where its preset wants them, and only some presets make no server.
internal static class NitroOutput
{
    private const string Usual = ".output/public";

    private static readonly (string Preset, string Folder)[] Elsewhere =
    [
        ("cloudflare-pages", "dist"), ("netlify", "dist"), ("vercel", ".vercel/output/static"), ("aws-amplify", ".amplify-hosting/static"),
        ("zeabur", ".zeabur/output/static"), ("zerops-static", ".zerops/output/static"), ("stormkit", ".stormkit/public"),
        ("edgeone", ".edgeone/assets"),
    ];

    public static SiteOutput ReadNitro(AppFolder app) => app.Config("nitro.config.*") is { } config
        ? Of(app, config, $"{config.File}")
        : ReadPlugin(app) ?? Of(app, null, "Nitro's default");

    // The preset of the environment goes before that of the configuration.
    public static SiteOutput Of(AppFolder app, JsConfig? config, string source)
    {
        var preset = ScriptVariable(app, "NITRO_PRESET") ?? ScriptVariable(app, "SERVER_PRESET") ?? config?.Text("preset");
        var folder = config?.Text("output", "publicDir")
            ?? (config?.Text("output", "dir") is { } dir ? dir.TrimEnd('/') + "/public" : FolderOf(preset));
        var server = !IsStatic(preset) && config?.Says("static", "true") is not true;
        return new SiteOutput(folder, preset is null ? source : $"{source}, preset {preset}")
        {
            Server = server,
            Warning = server
                ? "Nitro makes a server here; a static host serves only its public files. The preset \"static\" makes a site of files."
                    : null,
            IsGuess = preset is null && config?.Computes("preset") is true,
        };
    }

    public static bool IsStatic(string? preset) =>
        Normal(preset) is "static" or "github-pages" or "gitlab-pages" || Normal(preset).EndsWith("-static", StringComparison.Ordinal);

    public static string FolderOf(string? preset) =>
        Elsewhere.FirstOrDefault(place => Normal(preset).StartsWith(place.Preset, StringComparison.Ordinal)).Folder ?? Usual;

    public static string? ScriptVariable(AppFolder app, string name)
    {
        var at = app.BuildScript.IndexOf(name + "=", StringComparison.Ordinal);
        return at < 0 ? null
            : new string(
                [.. app.BuildScript.AsSpan(at + name.Length + 1).ToString()
                    .TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/')]);
    }

    private static SiteOutput? ReadPlugin(AppFolder app) =>
        app.Config("vite.config.*") is { } vite && vite.Imports("nitro/vite") ? Of(app, vite, $"{vite.File} takes Nitro's plugin") : null;

    private static string Normal(string? preset) => (preset ?? "").Replace('_', '-');
}
