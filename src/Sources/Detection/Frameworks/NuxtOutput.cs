namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class NuxtOutput
{
    public static SiteOutput Read(AppFolder app)
    {
        var config = app.Config("nuxt.config.*");
        var nitro = config?.Block("nitro");
        var preset = NitroOutput.ScriptVariable(app, "NITRO_PRESET") ?? nitro?.Text("preset");
        var folder = app.Manifest?.Major("nuxt") is < 3
            ? config?.Text("generate", "dir") ?? "dist"
            : nitro?.Text("output", "publicDir") ?? NitroOutput.FolderOf(preset);
        var spa = config?.Says("ssr", "false") is true;
        if (app.BuildScript.Contains("generate", StringComparison.Ordinal))
        {
            return new SiteOutput(folder, $"{app.PathOf("package.json")} scripts.build generates the pages") { Spa = spa };
        }

        if (NitroOutput.IsStatic(preset))
        {
            return new SiteOutput(folder, $"Nitro's preset {preset}") { Spa = spa };
        }

        if (app.Manifest?.Scripts.ContainsKey("generate") is true)
        {
            return new SiteOutput(folder, $"{app.PathOf("package.json")} scripts.generate makes a site of files") { Spa = spa, Script = "generate" };
        }

        return spa
            ? new SiteOutput(folder, $"{config!.File} ssr: false") { Spa = true }
            : new SiteOutput(folder, preset is null ? "Nuxt's default" : $"Nitro's preset {preset}")
            {
                Server = true,
                Warning = "Nuxt makes a server with nuxt build. Add a generate script for a site of files.",
            };
    }
}
