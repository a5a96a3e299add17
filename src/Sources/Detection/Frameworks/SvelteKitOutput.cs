namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class SvelteKitOutput
{
    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("svelte.config.*");
        if (app.Depends("@sveltejs/adapter-static") || config?.Contains("adapter-static") is true)
        {
            var spa = config?.Text("fallback") is not (null or "404.html");
            return config?.Text("pages") is { } pages
                ? new SiteOutput(pages, $"{config.File} adapter pages") { Spa = spa }
                : new SiteOutput("build", "adapter-static's default") { Spa = spa };
        }

        var (adapter, folder) = new[]
        {
            ("@sveltejs/adapter-vercel", ".vercel/output"), ("@sveltejs/adapter-cloudflare", ".svelte-kit/cloudflare"), ("@sveltejs/adapter-netlify", "build"), ("@sveltejs/adapter-node", "build"),
        }.FirstOrDefault(pair => app.Depends(pair.Item1), ("adapter-auto", ".svelte-kit/output"));
        return new SiteOutput(folder, adapter) { Server = true, Warning = "SvelteKit needs @sveltejs/adapter-static to make a site of files alone." };
    }
}
