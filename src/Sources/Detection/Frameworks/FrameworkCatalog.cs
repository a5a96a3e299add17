namespace BuildFunctions.Sources.Detection.Frameworks;

// Every framework that is known, the more particular before what it is built on: the first match is the answer.
internal static class FrameworkCatalog
{
    private static readonly string[] Entries = [.. from folder in new[] { "", "src/" } from stem in new[] { "app", "index", "server", "main" } select $"{folder}{stem}.*"];

    // Servers of JavaScript and of other languages, as they stand beside a site.
    public static IReadOnlyList<Framework> Servers { get; } = [.. ServersWithPages(), .. Backends()];

    public static IReadOnlyList<Framework> All { get; } =
        [.. ServersWithPages(), .. WithServers(), .. SiteGenerators(), .. Apps(), .. Documents(), .. Generators.All, .. Bundlers(),
            .. Backends()];

    // Their package.json builds scripts and styles for pages that the server makes.
    private static Framework[] ServersWithPages() =>
    [
        new("laravel", "Laravel")
        {
            Files = ["artisan"], Server = true, Read = ServerAssets.Read, Advice = "spatie/laravel-export writes its pages as files.",
        },
        new("symfony", "Symfony") { Files = ["symfony.lock", "bin/console"], Server = true, Read = ServerAssets.Read },
        new("rails", "Rails")
        {
            Files = ["bin/rails", "config/application.rb"], Server = true, Read = ServerAssets.Read,
            Advice = "parklife writes its pages as files.",
        },
        new("adonisjs", "AdonisJS") { Packages = ["@adonisjs/core"], Server = true, Read = ServerAssets.Read },
    ];

    private static Framework[] WithServers() =>
    [
        new("redwoodjs", "RedwoodJS") { Packages = ["@redwoodjs/core"], Tool = "rw build", Output = "web/dist", Spa = true },
        new("next", "Next.js") { Packages = ["next"], Tool = "next build", Read = NextOutput.Read },
        new("gatsby", "Gatsby") { Packages = ["gatsby"], Tool = "gatsby build", Output = "public" },
        new("hydrogen", "Hydrogen") { Packages = ["@shopify/hydrogen"], Files = ["hydrogen.config.*"], Tool = "shopify hydrogen build", Output = "dist/client", Server = true },
        new("remix", "Remix") { Packages = ["@remix-run/dev"], Files = ["remix.config.*"], Tool = "remix vite:build", Read = ReactRouterOutput.ReadRemix },
        new("react-router", "React Router") { Packages = ["@react-router/dev"], Files = ["react-router.config.*"], Tool = "react-router build", Read = ReactRouterOutput.ReadReactRouter },
        new("astro", "Astro") { Packages = ["astro"], Tool = "astro build", Read = AstroOutput.Read },
    ];

    private static Framework[] SiteGenerators() =>
    [
        new("hexo", "Hexo") { Packages = ["hexo"], Tool = "hexo generate", Output = "public", Read = ConfigOutput.FromLines("public_dir", "_config.yml") },
        new("eleventy", "Eleventy") { Packages = ["@11ty/eleventy"], Tool = "eleventy", Output = "_site", Read = EleventyOutput.Read },
        new("docusaurus", "Docusaurus") { Packages = ["@docusaurus/core"], Tool = "docusaurus build", Output = "build", Read = ConfigOutput.From(null, null, "--out-dir") },
        new("docusaurus-1", "Docusaurus 1") { Packages = ["docusaurus"], Tool = "docusaurus-build", Output = "build", Read = DocusaurusOneOutput.Read },
        new("preact-cli", "Preact CLI") { Packages = ["preact-cli"], Tool = "preact build", Output = "build", Spa = true },
        new("solid-start", "SolidStart")
        {
            Packages = ["@solidjs/start", "solid-start"], Aliases = ["vite"], Tool = "vinxi build", Read = SolidStartOutput.Read,
        },
        new("analog", "Analog") { Packages = ["@analogjs/platform"], Aliases = ["ng"], Tool = "vite build", Output = "dist/analog/public" },
        new("qwik", "Qwik") { Packages = ["@builder.io/qwik", "@builder.io/qwik-city", "@qwik.dev/core"], Tool = "vite build", Output = "dist" },
        new("vuepress", "VuePress") { Packages = ["vuepress", "@vuepress/cli"], Tool = "vuepress build src", Read = PressOutput.ReadVuePress },
        new("gridsome", "Gridsome") { Packages = ["gridsome"], Tool = "gridsome build", Output = "dist", Read = ConfigOutput.From("gridsome.config.*", "outputDir") },
        new("react-static", "React Static") { Packages = ["react-static"], Tool = "react-static build", Output = "dist" },
        new("metalsmith", "Metalsmith") { Packages = ["metalsmith"], Output = "build" },
    ];

    private static Framework[] Apps() =>
    [
        new("dojo", "Dojo") { Packages = ["@dojo/framework"], Files = [".dojorc"], Tool = "dojo build", Output = "output/dist", Spa = true },
        new("ember", "Ember") { Packages = ["ember-cli", "ember-source"], Tool = "ember build", Output = "dist", Spa = true, Read = ConfigOutput.From(null, null, "--output-path", "-o") },
        new("vue-cli", "Vue CLI") { Packages = ["@vue/cli-service"], Tool = "vue-cli-service build", Output = "dist", Spa = true, Read = ConfigOutput.From("vue.config.*", "outputDir", "--dest") },
        new("scully", "Scully") { Packages = ["@scullyio/init"], Tool = "ng build", Output = "dist/static" },
        new("ionic-angular", "Ionic (Angular)")
        {
            Packages = ["@ionic/angular"], Aliases = ["ionic"], Tool = "ng build", Output = "www", Spa = true, Read = AngularOutput.Read,
        },
        new("angular", "Angular") { Packages = ["@angular/cli"], Tool = "ng build", Output = "dist", Spa = true, Read = AngularOutput.Read },
        new("polymer", "Polymer") { Packages = ["polymer-cli"], Tool = "polymer build", Output = "build/default", Spa = true },
        new("sapper", "Sapper") { Packages = ["sapper"], Tool = "sapper export", Output = "__sapper__/export" },
        new("svelte-kit", "SvelteKit") { Packages = ["@sveltejs/kit"], Tool = "vite build", Read = SvelteKitOutput.Read },
        new("create-react-app", "Create React App")
        {
            Packages = ["react-scripts"], Aliases = ["craco", "react-app-rewired"], Tool = "react-scripts build", Output = "build",
            Spa = true,
        },
        new("umi", "Umi") { Packages = ["umi", "@umijs/max"], Tool = "umi build", Output = "dist", Spa = true, Read = ConfigOutput.From(".umirc.*", "outputPath") },
        new("saber", "Saber") { Packages = ["saber"], Tool = "saber build", Output = "public" },
        new("stencil", "Stencil") { Packages = ["@stencil/core"], Tool = "stencil build", Output = "www", Spa = true },
        new("nuxt", "Nuxt") { Packages = ["nuxt", "nuxt3", "nuxt-edge", "nuxt-nightly"], Tool = "nuxt generate", Read = NuxtOutput.Read },
        new("tanstack-start", "TanStack Start")
        {
            Packages = ["@tanstack/react-start", "@tanstack/solid-start", "@tanstack/start"], Tool = "vite build",
            Read = TanStackStartOutput.Read,
        },
        new("waku", "Waku") { Packages = ["waku"], Tool = "waku build", Output = "dist/public" },
        new("vike", "Vike") { Packages = ["vike", "vite-plugin-ssr"], Tool = "vite build", Read = VikeOutput.Read },
        new("expo", "Expo") { Packages = ["expo"], Tool = "expo export --platform web", Read = ExpoOutput.Read },
        new("quasar", "Quasar") { Packages = ["@quasar/app", "@quasar/app-vite", "@quasar/app-webpack", "quasar-cli"], Tool = "quasar build", Output = "dist/spa", Spa = true, Read = ConfigOutput.From("quasar.config.*", "distDir") },
    ];

    private static Framework[] Documents() =>
    [
        new("vitepress", "VitePress") { Packages = ["vitepress"], Tool = "vitepress build docs", Read = PressOutput.ReadVitePress },
        new("observable", "Observable Framework") { Packages = ["@observablehq/framework"], Tool = "observable build", Output = "dist", Read = ConfigOutput.From("observablehq.config.*", "output") },
        new("slidev", "Slidev") { Packages = ["@slidev/cli"], Tool = "slidev build", Output = "dist", Spa = true },
        new("sanity", "Sanity Studio") { Packages = ["sanity", "@sanity/cli", "@sanity/base"], Beside = ["sanity.config.*", "sanity.config.tsx", "sanity.config.jsx", "sanity.json"], Tool = "sanity build", Output = "dist", Spa = true },
        new("hugo", "Hugo") { Files = ["hugo.toml", "hugo.yaml", "hugo.json"], Native = "hugo --gc --minify", Output = "public", Read = ConfigOutput.FromLines("publishDir", "hugo.toml", "hugo.yaml", "hugo.json") },
        new("hugo", "Hugo") { Files = ["config.toml", "config.yaml", "config.json", "config/_default/config.toml", "config/_default/hugo.toml"], Containing = "baseURL", Native = "hugo --gc --minify", Output = "public", Read = ConfigOutput.FromLines("publishDir", "config.toml", "config.yaml", "config.json") },
        new("zola", "Zola") { Files = ["config.toml"], Containing = "base_url", Native = "zola build", Output = "public", Read = ConfigOutput.FromLines("output_dir", "config.toml") },
        new("jekyll", "Jekyll") { Files = ["_config.yml", "_config.yaml"], Native = "bundle exec jekyll build", Output = "_site", Read = ConfigOutput.FromLines("destination", "_config.yml", "_config.yaml") },
        new("middleman", "Middleman") { Files = ["config.rb"], Native = "bundle exec middleman build", Output = "build", Read = ConfigOutput.FromLines("build_dir", "config.rb") },
        new("mkdocs", "MkDocs") { Files = ["mkdocs.yml"], Native = "mkdocs build", Output = "site", Read = ConfigOutput.FromLines("site_dir", "mkdocs.yml") },
        new("mdbook", "mdBook") { Files = ["book.toml"], Native = "mdbook build", Output = "book" },
    ];

    private static Framework[] Bundlers() =>
    [
        new("brunch", "Brunch") { Packages = ["brunch"], Files = ["brunch-config.js"], Tool = "brunch build --production", Output = "public", Read = ConfigOutput.From("brunch-config.js", "public") },
        new("nitro", "Nitro") { Packages = ["nitropack", "nitro"], Tool = "nitro build", Read = NitroOutput.ReadNitro },
        new("tanstack-router", "Vite (TanStack Router)") { Packages = ["@tanstack/react-router", "@tanstack/solid-router", "@tanstack/vue-router"], With = ["vite"], Tool = "vite build", Spa = true, Read = ViteOutput.Read },
        new("solid-js", "Vite (Solid)") { Packages = ["solid-js"], With = ["vite"], Tool = "vite build", Spa = true, Read = ViteOutput.Read },
        new("svelte", "Svelte") { Packages = ["svelte"], Without = ["vite"], Tool = "rollup -c", Output = "public", Spa = true },
        new("vite", "Vite (React)") { Packages = ["vite"], With = ["react"], Tool = "vite build", Read = ViteOutput.Read },
        new("vite", "Vite (Preact)") { Packages = ["vite"], With = ["preact"], Tool = "vite build", Read = ViteOutput.Read },
        new("vite", "Vite (Vue)") { Packages = ["vite"], With = ["vue"], Tool = "vite build", Read = ViteOutput.Read },
        new("vite", "Vite (Svelte)") { Packages = ["vite"], With = ["svelte"], Tool = "vite build", Read = ViteOutput.Read },
        new("vite", "Vite (Lit)") { Packages = ["vite"], With = ["lit"], Tool = "vite build", Read = ViteOutput.Read },
        new("vite", "Vite")
        {
            Packages = ["vite", "vite-plus"], Aliases = ["vp"], Files = ["vite.config.*"], Tool = "vite build", Read = ViteOutput.Read,
        },
        new("parcel", "Parcel") { Packages = ["parcel", "parcel-bundler"], Tool = "parcel build index.html", Output = "dist", Read = ConfigOutput.From(null, null, "--dist-dir", "--out-dir", "-d") },
        new("wmr", "WMR") { Packages = ["wmr"], Tool = "wmr build", Output = "dist", Spa = true },
        new("rsbuild", "Rsbuild")
        {
            Packages = ["@rsbuild/core"], Tool = "rsbuild build", Output = "dist", Spa = true,
            Read = ConfigOutput.From("rsbuild.config.*", "distPath"),
        },
        new("storybook", "Storybook") { Packages = ["storybook"], Tool = "storybook build", Output = "storybook-static", Read = StorybookOutput.Read },
    ];

    // Nothing here is a site of files; naming it makes the refusal a useful one.
    private static Framework[] Backends() =>
    [
        new("mastra", "Mastra") { Packages = ["mastra"], Tool = "mastra build", Output = ".mastra/output", Server = true },
        .. new[] { ("xmcp", "xmcp", "xmcp") }.Select(row => new Framework(row.Item1, row.Item2) { Packages = [row.Item3], Server = true }),
        .. new[] { ("nestjs", "NestJS", "@nestjs/core"), ("hono", "Hono", "hono"), ("express", "Express", "express"), ("h3", "h3", "h3"), ("koa", "Koa", "koa"), ("elysia", "Elysia", "elysia"), ("fastify", "Fastify", "fastify") }
            .Select(row => new Framework(row.Item1, row.Item2) { Packages = [row.Item3], Beside = Entries, Server = true }),
        .. from row in new[] { ("fasthtml", "FastHTML", "python-fasthtml"), ("fastapi", "FastAPI", "fastapi"), ("flask", "Flask", "lask"), ("django", "Django", "jango") }
           select new Framework(row.Item1, row.Item2) { Files = ["requirements.txt", "pyproject.toml", "Pipfile"], Containing = row.Item3, Server = true },
        new("python", "Python") { Files = ["requirements.txt", "pyproject.toml", "Pipfile"], Server = true },
        new("actix-web", "Actix Web") { Files = ["Cargo.toml"], Containing = "actix-web", Server = true },
        new("axum", "Axum") { Files = ["Cargo.toml"], Containing = "axum", Server = true },
        new("rust", "Rust") { Files = ["Cargo.toml"], Beside = ["src/main.rs"], Server = true },
        new("ruby", "Ruby") { Files = ["config.ru"], Server = true },
        new("go", "Go") { Files = ["go.mod"], Beside = ["main.go", "cmd/api/main.go", "cmd/server/main.go"], Server = true },
        new("bun", "Bun") { Files = ["server.*", "src/server.*"], Beside = ["bun.lock", "bun.lockb"], Server = true },
        new("node", "Node.js") { Files = ["server.*", "src/server.*"], Server = true },
    ];
}
