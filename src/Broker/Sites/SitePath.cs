using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Sites;

/// <summary>From a request's path to a file: clean URLs, one form of each address, the app's own 404 page.</summary>
internal static class SitePath
{
    private const string Index = "index.html";

    /// <param name="path">Decoded, without the leading slash.</param>
    public static SiteMatch Find(string path, FrozenDictionary<string, SiteFile> files, bool singlePage)
    {
        if (IsHostile(path))
        {
            return new(StatusCodes.Status404NotFound);
        }

        if (files.TryGetValue(path, out var file) || files.TryGetValue(Page(path), out file))
        {
            return new(StatusCodes.Status200OK, file);
        }

        var last = path[(path.TrimEnd('/').LastIndexOf('/') + 1)..];
        if (path.EndsWith('/') && files.ContainsKey(path.TrimEnd('/') + ".html"))
        {
            return new(StatusCodes.Status308PermanentRedirect, Location: "../" + Uri.EscapeDataString(last.TrimEnd('/')));
        }

        if (!path.EndsWith('/') && files.ContainsKey($"{path}/{Index}"))
        {
            return new(StatusCodes.Status308PermanentRedirect, Location: $"./{Uri.EscapeDataString(last)}/");
        }

        // A missing script answered with a page is the harder error to find.
        return singlePage && !last.Contains('.') && files.TryGetValue(Index, out file) ? new(StatusCodes.Status200OK, file)
            : new(StatusCodes.Status404NotFound, files.GetValueOrDefault("404.html"));
    }

    private static string Page(string path) => path.Length == 0 || path.EndsWith('/') ? path + Index : path + ".html";

    private static bool IsHostile(string path) =>
        path.AsSpan().IndexOfAny('\\', '\0', '\uFFFD') >= 0
        || path.Contains("//", StringComparison.Ordinal)
        || path.StartsWith('/')
        || (path.Contains('.') && path.Split('/').Any(part => part.StartsWith('.') && part != ".well-known"));
}
