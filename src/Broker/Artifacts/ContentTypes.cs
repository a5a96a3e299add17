using Microsoft.AspNetCore.StaticFiles;

namespace BuildFunctions.Broker.Artifacts;

internal static class ContentTypes
{
    private const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider _known = new()
    {
        Mappings =
        {
            [".js"] = "text/javascript", [".mjs"] = "text/javascript", [".cjs"] = "text/javascript", [".map"] = "application/json",
            [".md"] = "text/markdown", [".webmanifest"] = "application/manifest+json", [".wasm"] = "application/wasm",
            [".avif"] = "image/avif", [".yaml"] = "application/yaml", [".yml"] = "application/yaml", [".jsonld"] = "application/ld+json",
        },
    };

    public static string Of(string path)
    {
        var type = _known.TryGetContentType(path, out var known) ? known : Unknown;
        return type.StartsWith("text/", StringComparison.Ordinal) ? type + "; charset=utf-8" : type;
    }

    public static bool Shrinks(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal)
        || type is "application/json" or "application/ld+json" or "application/manifest+json" or "application/xml" or "application/wasm"
            or "application/yaml" or "image/svg+xml" or "image/bmp" or "image/x-icon" or "font/ttf" or "font/otf" or "application/x-font-ttf"
            or "application/vnd.ms-fontobject" or "application/xhtml+xml" or "application/rss+xml" or "application/atom+xml";
}
