namespace BuildFunctions.Sources.Detection.Frameworks;

internal static class StorybookOutput
{
    // Storybook's own templates call the script build-storybook; "build" is then the library's.
    public static SiteOutput? Read(AppFolder app) =>
        app.Manifest?.Scripts.ContainsKey("build-storybook") is true
            ? new SiteOutput("storybook-static", $"{app.PathOf("package.json")} scripts.build-storybook") { Script = "build-storybook" }
            : ScriptFlag.Folder(app, "--output-dir", "-o");
}
