using Microsoft.Extensions.Primitives;

namespace BuildFunctions.Broker.Sites;

/// <summary>One form of a file: plain or compressed.</summary>
internal sealed record SiteBody(long Offset, long Length, StringValues Tag, StringValues Encoding, string? Sha256);
