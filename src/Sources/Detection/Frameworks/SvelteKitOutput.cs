namespace BuildFunctions.Sources.Detection.Frameworks;

// The adapter that the configuration takes counts; others are often installed beside it and do nothing.
internal static class SvelteKitOutput
{
    private const string Static = "@sveltejs/adapter-static";
    private const string Auto = "@sveltejs/adapter-auto";

    private static readonly (string Adapter, string Folder)[] WithServer =
    [
        ("@sveltejs/adapter-vercel", ".vercel/output"), ("@sveltejs/adapter-cloudflare", ".svelte-kit/cloudflare"),
        ("@sveltejs/adapter-cloudflare-workers", ".svelte-kit/cloudflare"),
        ("@sveltejs/adapter-netlify", "build"), ("@sveltejs/adapter-node", "build"), ("svelte-adapter-bun", "build"),
        (Auto, ".svelte-kit/output"),
    ];

    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("svelte.config.*")
            ?? (app.Config("vite.config.*") is { } vite && vite.Contains("@sveltejs/adapter-") ? vite : null);
        var named = config is not null && (config.Imports(Static) || WithServer.Any(pair => config.Imports(pair.Adapter)));
        var taken = WithServer.Where(pair => named ? config!.Imports(pair.Adapter) : app.Depends(pair.Adapter) && pair.Adapter != Auto)
            .ToArray();
        if (named ? config!.Imports(Static) : app.Depends(Static) && taken.Length == 0)
        {
            return taken.Length == 0 ? OfStatic(config) with { IsGuess = config is not null && !named }
                : OfStatic(config) with
                {
                    IsGuess = true,
                    Warning = $"The configuration takes {Static} and {taken[0].Adapter}; that the first is used is a guess.",
                };
        }

        var (adapter, folder) = taken.FirstOrDefault((Auto, ".svelte-kit/output"));
        return new SiteOutput(config?.Text("out") ?? folder, named ? $"{config!.File} takes {adapter}" : adapter)
        {
            Server = true,
            Warning = "SvelteKit needs @sveltejs/adapter-static to make a site of files alone; its configuration must take it.",
        };
    }

    private static SiteOutput OfStatic(JsConfig? config)
    {
        var spa = config?.Text("fallback") is not (null or "404.html");
        return config?.Folder("pages") is { } pages
            ? new SiteOutput(pages.Path, $"{config.File} adapter pages") { Spa = spa }
            : new SiteOutput("build", "adapter-static's default") { Spa = spa };
    }
}
