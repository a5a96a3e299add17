using System.Runtime.InteropServices;
using System.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>
/// Finds many patterns in one pass: a bit per hash of four bytes says where a look is worth it. An automaton over the same patterns would need
/// a thousand times the memory, and a private key has thousands of states.
/// </summary>
internal sealed class PatternIndex
{
    private const int Anchor = sizeof(uint);

    private readonly ulong[] _marks = new ulong[1024];
    private readonly Dictionary<uint, (List<byte[]> Literals, List<TokenShape> Shapes)> _patterns = [];

    public PatternIndex(IEnumerable<byte[]> literals, IEnumerable<TokenShape> shapes)
    {
        foreach (var literal in literals.Where(literal => literal.Length >= Anchor))
        {
            At(literal).Literals.Add(literal);
            Longest = Math.Max(Longest, literal.Length);
        }

        foreach (var shape in shapes)
        {
            At(Encoding.ASCII.GetBytes(shape.Prefix)).Shapes.Add(shape);
        }
    }

    public int Longest { get; private set; }

    /// <summary>The first match at or behind <paramref name="from"/>; an empty range when there is none.</summary>
    /// <param name="cut">The text goes on, but is not seen.</param>
    public (int Start, int End) Next(ReadOnlySpan<byte> text, int from, bool cut)
    {
        for (var i = from; i <= text.Length - Anchor; i++)
        {
            if (Candidates(text[i..]) is var (literals, shapes) && Match(text, i, cut, literals, shapes) is { End: > 0 } match)
            {
                return match;
            }
        }

        return default;
    }

    /// <summary>Where a pattern begins that the end of the text cuts off after <paramref name="shortest"/> bytes or more; -1 when none does.</summary>
    public int CutOff(ReadOnlySpan<byte> text, int shortest)
    {
        for (var i = Math.Max(0, text.Length - Longest); i <= text.Length - Math.Max(shortest, Anchor); i++)
        {
            var tail = text[i..];
            if (Candidates(tail) is var (literals, _))
            {
                foreach (var literal in literals)
                {
                    if (literal.AsSpan().StartsWith(tail))
                    {
                        return i;
                    }
                }
            }
        }

        return -1;
    }

    private static (int Start, int End) Match(ReadOnlySpan<byte> text, int at, bool cut, List<byte[]> literals, List<TokenShape> shapes)
    {
        var (start, end) = (at, 0);
        foreach (var literal in literals)
        {
            end = at + literal.Length > end && text[at..].StartsWith(literal) ? at + literal.Length : end;
        }

        foreach (var shape in shapes)
        {
            if (StartsWith(text[at..], shape.Prefix) && shape.Match(text, at, cut) is var over && over > end)
            {
                (start, end) = (shape.KeepPrefix ? at + shape.Prefix.Length : at, over);
            }
        }

        return (start, end);
    }

    private static bool StartsWith(ReadOnlySpan<byte> text, string prefix) =>
        text.Length >= prefix.Length && Ascii.Equals(text[..prefix.Length], prefix);

    private (List<byte[]> Literals, List<TokenShape> Shapes)? Candidates(ReadOnlySpan<byte> text)
    {
        var key = MemoryMarshal.Read<uint>(text);
        var mark = Mark(key);
        return (_marks[mark >> 6] & (1UL << (int)(mark & 63))) != 0 && _patterns.TryGetValue(key, out var found) ? found : null;
    }

    private (List<byte[]> Literals, List<TokenShape> Shapes) At(byte[] pattern)
    {
        var key = MemoryMarshal.Read<uint>(pattern);
        var mark = Mark(key);
        _marks[mark >> 6] |= 1UL << (int)(mark & 63);
        return _patterns.TryGetValue(key, out var found) ? found : _patterns[key] = ([], []);
    }

    private static uint Mark(uint key) => (key * 2654435761u) >> 16;
}
