using System.Text;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>Finds what to mask in the lines of one stream, in order. It remembers only whether it is inside a secret of several lines.</summary>
internal sealed class LineRedactor(SecretRedactor redactor)
{
    private const int LongestKey = 200;

    private readonly int[] _expected = new int[redactor.Blocks.Count];
    private readonly VisibleText _visible = new();
    private readonly List<(int Start, int End)> _masks = [];
    private int _keyLines;

    public static ReadOnlySpan<byte> Mask => "***"u8;

    /// <summary>Nothing that was seen so far bears on the lines to come.</summary>
    public bool IsQuiet => _keyLines == 0 && !_expected.AsSpan().ContainsAnyExcept(0);

    /// <summary>The parts of the line to mask, in order and apart. Valid until the next call.</summary>
    /// <param name="cut">The line goes on, but is not seen: the beginning of a secret at its end is masked too.</param>
    public IReadOnlyList<(int Start, int End)> Find(ReadOnlySpan<byte> line, bool cut)
    {
        _masks.Clear();
        _visible.Load(line);
        var text = _visible.Bytes;
        if (text.IsEmpty)
        {
            return _masks;
        }

        if (IsInsideKey(text) | IsInsideBlock(text))
        {
            _masks.Add((0, line.Length));
            return _masks;
        }

        var end = 0;
        for (var match = redactor.Patterns.Next(text, 0, cut); match.End > 0; match = redactor.Patterns.Next(text, end, cut))
        {
            _masks.Add((_visible.PositionOf(match.Start), _visible.PositionOf(match.End - 1) + 1));
            end = match.End;
        }

        if (cut && redactor.Patterns.CutOff(text, SecretRedactor.Shortest) is var start && start >= end)
        {
            _masks.Add((_visible.PositionOf(start), line.Length));
        }

        return _masks;
    }

    public string Redact(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        var result = new StringBuilder();
        var position = 0;
        foreach (var (start, end) in Find(bytes, cut: true))
        {
            result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position, start - position))).Append("***");
            position = end;
        }

        return position == 0 ? line : result.Append(Encoding.UTF8.GetString(bytes.AsSpan(position))).ToString();
    }

    private bool IsInsideKey(ReadOnlySpan<byte> text)
    {
        if (_keyLines == 0)
        {
            _keyLines = TokenShape.BeginsPrivateKey(text) ? 1 : 0;
            var begins = _keyLines > 0;
            _keyLines = text.IndexOf("-----END"u8) >= 0 ? 0 : _keyLines;
            return begins;
        }

        _keyLines = text.IndexOf("-----END"u8) >= 0 || _keyLines == LongestKey ? 0 : _keyLines + 1;
        return true;
    }

    /// <summary>A short line is masked only where it follows the line that it follows in the secret.</summary>
    private bool IsInsideBlock(ReadOnlySpan<byte> text)
    {
        var inside = false;
        for (var i = 0; i < _expected.Length; i++)
        {
            var lines = redactor.Blocks[i];
            var follows = _expected[i] > 0 && (_expected[i] == lines.Length - 1 ? text.StartsWith(lines[^1]) : text.SequenceEqual(lines[_expected[i]]));
            inside |= follows;
            _expected[i] = follows ? (_expected[i] + 1) % lines.Length : text.EndsWith(lines[0]) ? 1 : 0;
        }

        return inside;
    }
}
