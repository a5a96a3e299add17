using System.Text;

namespace BuildFunctions.Sources.Ignore;

// One line of an ignore file.
internal sealed class IgnorePattern
{
    private readonly byte[] _pattern;
    private readonly int _literalLength;
    private readonly bool _nameOnly;
    private readonly bool _suffix;

    private IgnorePattern(byte[] pattern, bool negated, bool directoryOnly)
    {
        Negated = negated;
        DirectoryOnly = directoryOnly;
        _nameOnly = !pattern.AsSpan().Contains((byte)'/');
        _pattern = pattern is [(byte)'/', ..] ? pattern[1..] : pattern;
        _literalLength = LiteralLength(_pattern);
        _suffix = _nameOnly && _pattern is [(byte)'*', ..] && LiteralLength(_pattern.AsSpan(1)) == _pattern.Length - 1;
    }

    public bool Negated { get; }

    public bool DirectoryOnly { get; }

    public static IgnorePattern[] ParseFile(string text) => [.. text.TrimStart('\uFEFF').Split('\n').Select(Parse).OfType<IgnorePattern>()];

    public static IgnorePattern? Parse(string line)
    {
        if (line.StartsWith('#'))
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(line).AsSpan();
        bytes = WithoutTrailingSpaces(bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes);
        var negated = bytes is [(byte)'!', ..];
        bytes = negated ? bytes[1..] : bytes;
        var directoryOnly = bytes is [.., (byte)'/'];
        bytes = directoryOnly ? bytes[..^1] : bytes;
        return bytes.IsEmpty ? null : new IgnorePattern(bytes.ToArray(), negated, directoryOnly);
    }

    // path: Relative to the folder of the ignore file.
    public bool Matches(ReadOnlySpan<byte> path, bool isDirectory)
    {
        if (DirectoryOnly && !isDirectory)
        {
            return false;
        }

        if (_nameOnly)
        {
            var name = path[(path.LastIndexOf((byte)'/') + 1)..];
            return _literalLength == _pattern.Length ? name.SequenceEqual(_pattern)
                : _suffix ? name.EndsWith(_pattern.AsSpan(1))
                : Glob.Matches(_pattern, name, inPath: false);
        }

        var literal = _pattern.AsSpan(0, _literalLength);
        return path.StartsWith(literal)
            && ((path.Length == literal.Length && _pattern.Length == literal.Length) || Glob.Matches(_pattern.AsSpan(_literalLength), path[_literalLength..], inPath: true));
    }

    private static int LiteralLength(ReadOnlySpan<byte> pattern) => pattern.IndexOfAny("*?[\\"u8) is var index and >= 0 ? index : pattern.Length;

    private static Span<byte> WithoutTrailingSpaces(Span<byte> line)
    {
        var end = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\')
            {
                // What a backslash escapes stays, a space too.
                i++;
                end = Math.Min(i + 1, line.Length);
            }
            else if (line[i] != ' ')
            {
                end = i + 1;
            }
        }

        return line[..end];
    }
}
