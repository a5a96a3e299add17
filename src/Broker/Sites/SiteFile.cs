using System.Text.RegularExpressions;
using BuildFunctions.Broker.Artifacts;
using Microsoft.Extensions.Primitives;

namespace BuildFunctions.Broker.Sites;

/// <summary>A file with its headers ready.</summary>
internal sealed partial class SiteFile(ReleaseFile file)
{
    private const int TagLength = 32;

    public ReleaseFile File { get; } = file;

    public SiteBody Plain { get; } = new(file.Offset, file.Length, $"\"{file.Sha256[..TagLength]}\"", default, file.Sha256);

    public SiteBody[] Encoded { get; } =
        [.. file.Encodings.OrderBy(form => form.Length).Select(form => new SiteBody(form.Offset, form.Length, $"\"{file.Sha256[..TagLength]}-{form.Name}\"", form.Name, form.Sha256))];

    public StringValues Type { get; } = file.Type;

    public StringValues Caching { get; } = NamesItsContent().IsMatch(file.Path) ? "public, max-age=31536000, immutable" : "public, no-cache";

    // Only names that change with the content: where bundlers put theirs, or a hash in hexadecimal.
    [GeneratedRegex(@"(^|/)_next/static/(?!.*development)|(^|/)_app/immutable/|(^|/)(assets|_astro|_nuxt|static/(js|css|media))/.*[.-](?=[\w-]*[A-Z0-9])[\w-]{8}\d*[\w-]*\.\w+(\.map)?$|[.-](?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}(\.\w+){1,2}$")]
    private static partial Regex NamesItsContent();
}
