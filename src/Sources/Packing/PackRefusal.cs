namespace BuildFunctions.Sources.Packing;

/// <summary>Why a folder was not packed, for people (<paramref name="Message"/>, <paramref name="Details"/>) and programs (<paramref name="Code"/>).</summary>
public sealed record PackRefusal(string Code, string Message, IReadOnlyList<string> Details) : PackResult
{
    /// <summary>The limit that was passed, in bytes, where that was the reason.</summary>
    public long? Limit { get; init; }

    /// <summary>Whether that limit is the one of each file, and not the one of the whole source.</summary>
    public bool IsOfOneFile { get; init; }

    public override string ToString() => string.Join('\n', [Message, .. Details.Select(detail => "  " + detail)]);
}
