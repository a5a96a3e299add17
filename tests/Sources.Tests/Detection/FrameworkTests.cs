using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Tests.Detection;

public sealed class FrameworkTests
{
    [Theory]
    [InlineData("vite", "dist", "vite")]
    [InlineData("next", ".next", "next,react")]
    [InlineData("gatsby", "public", "gatsby,react")]
    [InlineData("astro", "dist", "astro,vite")]
    [InlineData("nuxt", ".output/public", "nuxt,vue")]
    [InlineData("svelte-kit", "build", "@sveltejs/kit,@sveltejs/adapter-static,vite,svelte")]
    [InlineData("svelte-kit", ".svelte-kit/output", "@sveltejs/kit,vite")]
    [InlineData("remix", "public", "@remix-run/dev,@remix-run/react")]
    [InlineData("react-router", "build/client", "@react-router/dev,vite,react")]
    [InlineData("hydrogen", "dist/client", "@shopify/hydrogen,@remix-run/dev,vite")]
    [InlineData("eleventy", "_site", "@11ty/eleventy")]
    [InlineData("docusaurus", "build", "@docusaurus/core,react")]
    [InlineData("hexo", "public", "hexo")]
    [InlineData("create-react-app", "build", "react-scripts,react")]
    [InlineData("vue-cli", "dist", "@vue/cli-service,vue")]
    [InlineData("angular", "dist", "@angular/cli")]
    [InlineData("ionic-angular", "www", "@ionic/angular,@angular/cli")]
    [InlineData("ember", "dist", "ember-cli")]
    [InlineData("preact-cli", "build", "preact-cli,preact")]
    [InlineData("solid-start", ".output/public", "@solidjs/start,solid-js,vite")]
    [InlineData("solid-js", "dist", "solid-js,vite")]
    [InlineData("qwik", "dist", "@builder.io/qwik,vite")]
    [InlineData("gridsome", "dist", "gridsome")]
    [InlineData("umi", "dist", "umi")]
    [InlineData("stencil", "www", "@stencil/core")]
    [InlineData("redwoodjs", "web/dist", "@redwoodjs/core")]
    [InlineData("tanstack-start", "dist/client", "@tanstack/react-start,@tanstack/react-router,vite")]
    [InlineData("tanstack-router", "dist", "@tanstack/react-router,vite,react")]
    [InlineData("vitepress", "docs/.vitepress/dist", "vitepress")]
    [InlineData("vuepress", "src/.vuepress/dist", "vuepress")]
    [InlineData("observable", "dist", "@observablehq/framework")]
    [InlineData("expo", "dist", "expo,react-native")]
    [InlineData("quasar", "dist/spa", "@quasar/app-vite,quasar,vite")]
    [InlineData("parcel", "dist", "parcel")]
    [InlineData("brunch", "public", "brunch")]
    [InlineData("sapper", "__sapper__/export", "sapper,svelte")]
    [InlineData("storybook", "storybook-static", "storybook")]
    [InlineData("nitro", ".output/public", "nitropack")]
    public void A_dependency_names_the_framework_and_its_output(string framework, string output, string packages)
    {
        var project = Detect(("package.json", Manifest(packages)));
        Assert.Equal((framework, output), (project.Framework, project.Output));
        Assert.True(project.NeedsBuild);
    }

    [Theory]
    [InlineData("hugo", "public", "hugo.toml", "baseURL = 'x'")]
    [InlineData("hugo", "site", "config.yaml", "baseURL: x\npublishDir: site\n")]
    [InlineData("zola", "out", "config.toml", "base_url = \"x\"\noutput_dir = \"out\"")]
    [InlineData("jekyll", "_site", "_config.yml", "title: x")]
    [InlineData("jekyll", "web", "_config.yml", "destination: ./web # here")]
    [InlineData("middleman", "build", "config.rb", "")]
    [InlineData("mkdocs", "site", "mkdocs.yml", "site_name: x")]
    [InlineData("mdbook", "book", "book.toml", "")]
    public void A_file_names_a_generator_outside_Node(string framework, string output, string file, string text)
    {
        var project = Detect((file, text));
        Assert.Equal((framework, output), (project.Framework, project.Output));
        Assert.Null(project.Install);
    }

    [Theory]
    [InlineData("vite", "vite.config.ts", "export default { build: { outDir: 'site' } }", "site")]
    [InlineData("vite", "vite.config.js", "export default { root: 'web', build: { outDir: '../public' } }", "public")]
    [InlineData("vite", "vite.config.mjs", "export default { root: 'web' }", "web/dist")]
    [InlineData("vite", "vite.config.js", "// build: { outDir: 'no' }\nexport default { base: 'https://x/', /* outDir: 'no' */ build: { sourcemap: true, outDir: `yes` } }", "yes")]
    [InlineData("vite", "vite.config.js", "const o = 'x'; export default { build: { outDir: o } }", "dist")]
    [InlineData("next", "next.config.mjs", "export default { output: 'export' }", "out")]
    [InlineData("next", "next.config.js", "module.exports = { output: \"export\", distDir: 'web' }", "web")]
    [InlineData("next", "next.config.ts", "export default { distDir: 'build' }", "build")]
    [InlineData("astro", "astro.config.mjs", "export default defineConfig({ outDir: './www/' })", "www")]
    [InlineData("astro", "astro.config.mjs", "export default defineConfig({ output: 'server' })", "dist/client")]
    [InlineData("@sveltejs/kit,@sveltejs/adapter-static", "svelte.config.js", "adapter({ pages: 'site', fallback: 'index.html' })", "site")]
    [InlineData("@11ty/eleventy", ".eleventy.js", "module.exports = () => ({ dir: { input: 'src', output: 'dist' } })", "dist")]
    [InlineData("@vue/cli-service", "vue.config.js", "module.exports = { outputDir: 'www' }", "www")]
    [InlineData("@remix-run/dev", "vite.config.ts", "export default { plugins: [remix({ ssr: false })] }", "build/client")]
    [InlineData("@react-router/dev", "react-router.config.ts", "export default { buildDirectory: 'b', ssr: false }", "b/client")]
    [InlineData("docusaurus", "siteConfig.js", "module.exports = { projectName: 'docs' }", "build/docs")]
    [InlineData("vitepress", ".vitepress/config.ts", "export default { title: 'x' }", ".vitepress/dist")]
    [InlineData("@angular/cli", "angular.json", """{ "projects": { "a": { "architect": { "build": { "builder": "@angular-devkit/build-angular:application", "options": { "outputPath": "dist/a" } } } } } }""", "dist/a/browser")]
    [InlineData("@angular/cli", "angular.json", """{ "projects": { "a": { "architect": { "build": { "builder": "@angular-devkit/build-angular:browser", "options": { "outputPath": "dist/a" } } } } } }""", "dist/a")]
    [InlineData("@angular/cli", "angular.json", """{ "projects": { "a": { "architect": { "build": { "builder": "@angular/build:application", "options": { "outputPath": { "base": "out", "browser": "" } } } } } } }""", "out")]
    [InlineData("@angular/cli", "angular.json", """{ "projects": { "a": { "architect": { "build": { "builder": "@angular/build:application" } } } } }""", "dist/a/browser")]
    public void A_configuration_file_says_where_the_site_is(string packages, string file, string text, string output) =>
        Assert.Equal(output, Detect(("package.json", Manifest(packages)), (file, text)).Output);

    [Theory]
    [InlineData("vite", "vite build --outDir web", "web")]
    [InlineData("parcel", "parcel build a.html --dist-dir=out", "out")]
    [InlineData("@11ty/eleventy", "eleventy --output=web", "web")]
    [InlineData("vitepress", "vitepress build site", "site/.vitepress/dist")]
    [InlineData("next", "next build && next export", "out")]
    public void The_build_script_says_where_the_site_is(string packages, string script, string output) =>
        Assert.Equal(output, Detect(("package.json", Manifest(packages, script))).Output);

    [Theory]
    [InlineData("vite,react", "", true)]
    [InlineData("vite", "", false)]
    [InlineData("vite,vue", "export default { build: { rollupOptions: { input: { a: 'a.html', b: 'b.html' } } } }", false)]
    [InlineData("astro", "", false)]
    [InlineData("react-scripts", "", true)]
    public void Only_single_page_apps_fall_back_to_their_page(string packages, string vite, bool spa) =>
        Assert.Equal(spa, Detect(("package.json", Manifest(packages)), ("vite.config.js", vite)).Spa);

    [Fact]
    public void What_needs_a_server_says_so_and_how_to_do_without()
    {
        var project = Detect(("package.json", Manifest("next")), ("package-lock.json", ""));
        Assert.True(project.Server);
        Assert.Contains("output: 'export'", Assert.Single(project.Warnings));
    }

    [Fact]
    public void Nuxt_is_generated_where_there_is_a_script_for_it() =>
        Assert.Equal("npm run generate", Detect(("package.json", """{ "dependencies": { "nuxt": "^3" }, "scripts": { "build": "nuxt build", "generate": "nuxt generate" } }""")).Command);

    [Theory]
    [InlineData("express", "server.js")]
    [InlineData("fastify", "src/index.ts")]
    [InlineData("hono", "src/index.ts")]
    public void A_back_end_is_named_and_is_no_site(string package, string entry)
    {
        var project = Detect(("package.json", $$"""{ "dependencies": { "{{package}}": "1" } }"""), (entry, ""));
        Assert.Equal((package, true, null), (project.Framework, project.Server, project.Output));
    }

    [Fact]
    public void An_output_outside_the_app_is_not_believed()
    {
        var project = Detect(("package.json", Manifest("vite")), ("vite.config.js", "export default { build: { outDir: '../../etc' } }"));
        Assert.Contains(project.Warnings, warning => warning.Contains("../../etc"));
        Assert.DoesNotContain("..", project.Output ?? "");
    }

    private static string Manifest(string packages, string build = "build it") =>
        $$"""{ "scripts": { "build": "{{build}}" }, "dependencies": { {{string.Join(", ", packages.Split(',').Select(package => $"\"{package}\": \"*\""))}} } }""";

    private static DetectedProject Detect(params (string Path, string Text)[] files) => ProjectDetector.Detect(Tree.Of(files));
}
