using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

/// <summary>Adapters, presets, plugins and versions that move the site to another folder.</summary>
public sealed class OutputPlaceTests
{
    private const string TakesStatic = "import adapter from '@sveltejs/adapter-static';\nexport default { kit: { adapter: adapter() } }";
    private const string TakesNode = "import adapter from \"@sveltejs/adapter-node\";\nexport default { kit: { adapter: adapter() } }";
    private const string Nitro = "import { nitro } from 'nitro/vite'\nexport default { plugins: [tanstackStart(), nitro({ preset: 'vercel' })] }";

    [Theory]
    [InlineData("@sveltejs/adapter-static", "svelte.config.js", TakesStatic, "build", false)]
    [InlineData("@sveltejs/adapter-auto", "svelte.config.js", TakesStatic, "build", false)]
    [InlineData("@sveltejs/adapter-static", "svelte.config.js", TakesNode, "build", true)]
    [InlineData("@sveltejs/adapter-static,@sveltejs/adapter-cloudflare", "svelte.config.ts", "import a from '@sveltejs/adapter-cloudflare'",
        ".svelte-kit/cloudflare", true)]
    [InlineData("@sveltejs/adapter-static", "svelte.config.js", "import a from '@sveltejs/adapter-auto'", ".svelte-kit/output", true)]
    [InlineData("@sveltejs/adapter-static", "svelte.config.js",
        "const a = require('@sveltejs/adapter-static'); a({ pages: path.join(__dirname, 'site') })", "site", false)]
    [InlineData("@sveltejs/adapter-static", "vite.config.ts",
        "import a from '@sveltejs/adapter-static'; sveltekit({ adapter: a({ fallback: '200.html' }) })", "build", false)]
    public void SvelteKit_goes_by_the_adapter_that_its_configuration_takes(string adapters, string file, string text, string output,
        bool server)
    {
        var project = Detect($"@sveltejs/kit,vite,{adapters}", (file, text));
        Assert.Equal(("svelte-kit", output, server), (project.Framework, project.Output, project.Server));
    }

    [Fact]
    public void Two_adapters_in_one_configuration_are_a_guess() =>
        Assert.True(
            Detect("@sveltejs/kit,vite", ("svelte.config.js", $"{TakesStatic}\nimport node from '@sveltejs/adapter-node'")).OutputIsGuess);

    [Theory]
    [InlineData("^1.140.0", "vite.config.ts", "export default { plugins: [tanstackStart()] }", "dist/client")]
    [InlineData("^1.140.0", "vite.config.ts", "export default { build: { outDir: 'out' }, plugins: [tanstackStart()] }", "out/client")]
    [InlineData("latest", "vite.config.ts", Nitro, ".vercel/output/static")]
    [InlineData("^1.125.0", "vite.config.ts", "export default { plugins: [tanstackStart()] }", ".output/public")]
    [InlineData("1.125.3", "vite.config.ts", "export default { plugins: [tanstackStart({ target: 'netlify' })] }", "dist")]
    [InlineData("^1.87.0", "app.config.ts", "export default defineConfig({})", ".output/public")]
    public void TanStack_Start_goes_by_its_version_and_its_plugins(string version, string file, string text, string output)
    {
        var project = DetectJson(
            $$"""{ "scripts": { "build": "vite build" }, "dependencies": { "@tanstack/react-start": "{{version}}", "vite": "7" } }""",
                (file, text));
        Assert.Equal(("tanstack-start", output, true), (project.Framework, project.Output, project.Server));
    }

    [Fact]
    public void Prerendered_TanStack_Start_is_a_site_whose_server_functions_are_missing()
    {
        var project = Detect("@tanstack/react-start,vite",
            ("vite.config.ts", "tanstackStart({ prerender: { enabled: true, crawlLinks: true } })"));
        Assert.Equal(("dist/client", false), (project.Output, project.Server));
        Assert.Contains(project.Warnings, warning => warning.Contains("server functions"));
    }

    [Theory]
    [InlineData("nitropack", "nitro.config.ts", "export default { preset: 'cloudflare_pages' }", "dist", true)]
    [InlineData("nitropack", "nitro.config.ts", "export default { preset: 'github-pages' }", ".output/public", false)]
    [InlineData("nitropack", "nitro.config.ts", "export default { preset: 'netlify_static' }", "dist", false)]
    [InlineData("nitropack", "nitro.config.ts", "export default { output: { publicDir: 'www' } }", "www", true)]
    [InlineData("nuxt", "nuxt.config.ts", "export default { nitro: { preset: 'vercel' } }", ".vercel/output/static", true)]
    [InlineData("nuxt", "nuxt.config.ts", "export default { nitro: { preset: 'github_pages' } }", ".output/public", false)]
    [InlineData("@solidjs/start,solid-js", "app.config.ts", "export default { server: { preset: 'static' } }", ".output/public", false)]
    [InlineData("@solidjs/start,solid-js,vite", "vite.config.ts", "import { solidStart } from '@solidjs/start/config'", "dist/client",
        true)]
    public void Nitro_goes_by_its_preset(string packages, string file, string text, string output, bool server)
    {
        var project = Detect(packages, (file, text));
        Assert.Equal((output, server), (project.Output, project.Server));
    }

    [Theory]
    [InlineData("@astrojs/node", "output: 'server', adapter: node()", "dist/client", true)]
    [InlineData("@astrojs/netlify", "output: 'server'", "dist", true)]
    [InlineData("@astrojs/vercel", "output: 'server'", ".vercel/output/static", true)]
    [InlineData("@astrojs/node", "outDir: './www'", "www", false)]
    public void Astro_goes_by_its_adapter(string adapter, string settings, string output, bool server)
    {
        var project = Detect($"astro,{adapter}",
            ("astro.config.mjs", $"import a from '{adapter}';\nexport default defineConfig({{ {settings} }})"));
        Assert.Equal((output, server), (project.Output, project.Server));
    }

    [Theory]
    [InlineData("""{ "expo": { "web": { "output": "server" } } }""", "dist/client", true, false)]
    [InlineData("""{ "expo": { "web": { "output": "static" } } }""", "dist", false, false)]
    [InlineData("""{ "expo": { "web": { "output": "single" } } }""", "dist", false, true)]
    [InlineData("""{ "expo": {} }""", "dist", false, true)]
    public void Expo_goes_by_its_web_output(string json, string output, bool server, bool spa)
    {
        var project = Detect("expo,react-native-web", ("app.json", json));
        Assert.Equal((output, server, spa), (project.Output, project.Server, project.Spa));
        Assert.Equal(server, project.Warnings.Any(warning => warning.Contains("web.output \"server\"")));
    }

    [Fact]
    public void Old_Expo_exports_with_webpack() =>
        Assert.Equal("web-build",
            DetectJson("""{ "scripts": { "build": "expo export:web" }, "dependencies": { "expo": "~47.0.0" } }""").Output);

    [Theory]
    [InlineData("import laravel from 'laravel-vite-plugin'", "public/build")]
    [InlineData("import laravel from 'laravel-vite-plugin'; laravel({ publicDirectory: 'www', buildDirectory: 'assets' })", "www/assets")]
    [InlineData("import laravel from 'laravel-vite-plugin'; export default { build: { outDir: 'web/out' } }", "web/out")]
    [InlineData("import RubyPlugin from 'vite-plugin-ruby'", "public/vite")]
    [InlineData("import symfonyPlugin from 'vite-plugin-symfony'", "public/build")]
    [InlineData("import { cloudflare } from '@cloudflare/vite-plugin'", "dist")]
    [InlineData("import { nitro } from 'nitro/vite'", ".output/public")]
    [InlineData("export default { build: { outDir: path.resolve(__dirname, 'public', 'app') } }", "public/app")]
    [InlineData("export default { root: 'web', build: { outDir: resolve(import.meta.dirname, 'site') } }", "site")]
    public void Vite_goes_by_its_plugins(string config, string output) =>
        Assert.Equal(output, Detect("vite,vue", ("vite.config.ts", config)).Output);

    [Fact]
    public void The_files_of_a_Worker_are_put_online_and_the_Worker_is_named()
    {
        var project = Detect(
            "vite,react,hono,@cloudflare/vite-plugin",
            ("vite.config.ts", "import { cloudflare } from '@cloudflare/vite-plugin'; export default { plugins: [cloudflare()] }"),
            ("wrangler.jsonc",
                "{ // a Worker\n \"main\": \"./src/worker.ts\", \"assets\": { \"not_found_handling\": \"single-page-application\" } }"));
        Assert.Equal(("vite", "dist/client", true), (project.Framework, project.Output, project.Spa));
        Assert.Contains(project.Warnings, warning => warning.Contains("./src/worker.ts"));
    }

    [Theory]
    [InlineData("ng build shop", "dist/shop")]
    [InlineData("ng build --project=shop", "dist/shop")]
    [InlineData("ng build", "dist/admin")]
    public void Angular_goes_by_the_project_that_the_script_builds(string script, string output)
    {
        const string Projects = """{ "projects": { "admin": { "architect": { "build": {} } }, "shop": { "architect": { "build": {} } } } }""";
        Assert.Equal(output,
            DetectJson($$"""{ "scripts": { "build": "{{script}}" }, "dependencies": { "@angular/cli": "15" } }""",
                ("angular.json", Projects)).Output);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("export default { prerender: true }", false)]
    public void Vike_needs_a_server_unless_it_prerenders(string config, bool server)
    {
        var project = Detect("vike,vite", ("pages/+config.ts", config));
        Assert.Equal(("dist/client", server), (project.Output, project.Server));
    }

    private static DetectedProject Detect(string packages, params (string Path, string Text)[] files) => DetectJson(
        $$"""{ "scripts": { "build": "vite build" }, "dependencies": { {{string.Join(", ", packages.Split(',').Select(package => $"\"{package}\": \"*\""))}} } }""", files);

    private static DetectedProject DetectJson(string manifest, params (string Path, string Text)[] files) =>
        ProjectDetector.Detect(Tree.Of([("package.json", manifest), .. files]));
}
