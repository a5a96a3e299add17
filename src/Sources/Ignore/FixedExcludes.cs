namespace BuildFunctions.Sources.Ignore;

// What never leaves the machine, whatever ignore files say. Output folders that can also be somebody's source
// (dist, build, out, public) are not here: they stay out only where an ignore file names them.
internal static class FixedExcludes
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        OwnFolder.Name, ".git", ".hg", ".svn", ".jj", "node_modules", ".DS_Store", "Thumbs.db",
        ".next", ".nuxt", ".output", ".svelte-kit", ".astro", ".docusaurus", ".parcel-cache", ".turbo", ".vercel", ".netlify", ".wrangler", ".pnpm-store",
    };

    public static string? Reason(string name) =>
        SecretFiles.IsOne(name) ? "may hold secrets"
        : Names.Contains(name) ? "never uploaded"
        : null;
}
