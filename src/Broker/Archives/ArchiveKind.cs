using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Archives;

/// <summary>What an archive is for decides how its refusals are called.</summary>
public sealed class ArchiveKind
{
    private readonly string _invalid;
    private readonly string _tooLarge;

    private ArchiveKind(string name, string invalid, string tooLarge)
    {
        Name = name;
        _invalid = invalid;
        _tooLarge = tooLarge;
    }

    public static ArchiveKind Artifact { get; } = new("artifact", ErrorCode.ArtifactInvalid, ErrorCode.ArtifactTooLarge);

    public static ArchiveKind Source { get; } = new("source", ErrorCode.SourceInvalid, ErrorCode.SourceTooLarge);

    public string Name { get; }

    internal RejectedException Invalid(string entry, string why, Exception? inner = null) =>
        new(_invalid, entry.Length == 0 ? $"The {Name} is refused: {why}." : $"The {Name} is refused: {Printable(entry)} {why}.",
            [new("entry", Printable(entry)), new("why", why)], inner);

    internal RejectedException TooLarge(string what, long size, long limit) => TooLarge(what, size, limit, $"{what} is over the limit of {limit}");

    /// <param name="limit">The bytes that so many compressed ones may become.</param>
    internal RejectedException TooDense(long unpacked, long compressed, long limit, int ratio) => TooLarge(
        "its ratio of unpacked to compressed bytes",
        unpacked,
        limit,
        $"its ratio of unpacked to compressed bytes is over the limit of {ratio}:1 ({compressed} compressed bytes hold more than {limit})");

    private RejectedException TooLarge(string what, long size, long limit, string why) =>
        new(_tooLarge, $"The {Name} is refused: {why}.", [new("size", size), new("limit", limit), new("what", what)]);

    // Names come from outside and end up in logs and terminals.
    private static string Printable(string entry)
    {
        var shown = entry.Length > 200 ? entry[..200] + "…" : entry;
        return string.Concat(shown.Select(c => ArchivePath.IsHidden(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
    }
}
