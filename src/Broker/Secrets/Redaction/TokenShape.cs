using System.Buffers;
using System.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>A kind of token that everybody recognises though nobody registered it: a beginning, then so many of certain letters.</summary>
/// <param name="What">What a published file that holds one is warned of; null for what pages hold on purpose.</param>
internal sealed record TokenShape(string? What, string Prefix, SearchValues<byte> Rest, int Shortest, int Longest)
{
    private const int Least = 10;

    private static readonly SearchValues<byte> _word = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    public delegate bool Form(ReadOnlySpan<byte> rest);

    /// <summary>The beginning is a name and no part of the secret.</summary>
    public bool KeepPrefix { get; init; }

    /// <summary>Its last six characters are the checksum of those before them.</summary>
    public bool Checked { get; init; }

    /// <summary>What must hold of the text behind the beginning before more of it is looked at.</summary>
    public Form? Begins { get; init; }

    /// <summary>What must hold of the characters behind the beginning beside their number.</summary>
    public Form? Like { get; init; }

    /// <summary>The end of the token that begins at a place which is known to have the prefix; 0 where none does.</summary>
    /// <param name="text">All that is known of the line.</param>
    /// <param name="at">Where the prefix stands.</param>
    /// <param name="cut">The line goes on behind the text: a token that reaches the end counts, however short.</param>
    public int Match(ReadOnlySpan<byte> text, int at, bool cut)
    {
        var rest = text[(at + Prefix.Length)..];
        if (Begins?.Invoke(rest) is false && !cut)
        {
            return 0;
        }

        var length = Length(rest);
        if (cut && length == rest.Length && length >= Least && length <= Longest && StandsApart(text, at, []))
        {
            return text.Length;
        }

        if (Checked && length >= Shortest && Base62Checksum.Holds(rest[..Shortest]))
        {
            // A token wherever it stands, even inside other letters.
            return at + Prefix.Length + Shortest;
        }

        var whole = length >= Shortest && length <= Longest && StandsApart(text, at, rest[length..]);
        return whole && Like?.Invoke(rest[..length]) is not false && Begins?.Invoke(rest) is not false ? at + Prefix.Length + length : 0;
    }

    public bool IsIn(ReadOnlySpan<byte> text)
    {
        Span<byte> prefix = stackalloc byte[Prefix.Length];
        Encoding.ASCII.GetBytes(Prefix, prefix);
        for (int at = 0, next; (next = text[at..].IndexOf(prefix)) >= 0; at += prefix.Length)
        {
            at += next;
            if (Match(text, at, cut: false) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The line that a private key begins with.</summary>
    public static bool BeginsPrivateKey(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("-----BEGIN "u8); at >= 0; at = text.IndexOf("-----BEGIN "u8))
        {
            text = text[(at + 11)..];
            if (text[..Math.Min(text.Length, 60)].IndexOf("PRIVATE KEY"u8) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // One more than the longest is enough to see that it is too long.
    private int Length(ReadOnlySpan<byte> rest)
    {
        var seen = rest.Length > Longest ? rest[..(Longest + 1)] : rest;
        return seen.IndexOfAnyExcept(Rest) is var length and >= 0 ? length : seen.Length;
    }

    /// <summary>No part of a longer name. What comes behind an escape, as in <c>\n</c> and <c>%3D</c>, is not part of it.</summary>
    private static bool StandsApart(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> after) =>
        (after.IsEmpty || !_word.Contains(after[0]))
        && (at == 0 || !char.IsAsciiLetterOrDigit((char)text[at - 1]) || (at > 1 && text[at - 2] == '\\')
            || (at > 2 && text[at - 3] == '%'));
}
