using BuildFunctions.Broker.Artifacts;
using Microsoft.Extensions.Primitives;

namespace BuildFunctions.Broker.Sites;

/// <summary>A file with its headers ready.</summary>
internal sealed class SiteFile(ReleaseFile file)
{
    private const int TagLength = 32;

    public ReleaseFile File { get; } = file;

    public SiteBody Plain { get; } = new(file.Offset, file.Length, $"\"{file.Sha256[..TagLength]}\"", default, file.Sha256);

    public SiteBody[] Encoded { get; } =
        [.. file.Encodings.OrderBy(form => form.Length).Select(form => new SiteBody(form.Offset, form.Length, $"\"{file.Sha256[..TagLength]}-{form.Name}\"", form.Name, form.Sha256))];

    public StringValues Type { get; } = file.Type;

    public StringValues Caching { get; } = ContentNames.Match(file.Path) ? "public, max-age=31536000, immutable" : "public, no-cache";
}
