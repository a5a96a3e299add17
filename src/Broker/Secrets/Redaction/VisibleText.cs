namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>A line without what a terminal does not show, and where each byte of it stood: a secret broken up by colours is still that secret.</summary>
internal sealed class VisibleText
{
    private byte[] _bytes = new byte[1024];
    private int[] _positions = new int[1024];
    private int _count;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _count);

    public int PositionOf(int index) => _positions[index];

    public void Load(ReadOnlySpan<byte> line)
    {
        if (_bytes.Length < line.Length)
        {
            _bytes = new byte[line.Length];
            _positions = new int[line.Length];
        }

        _count = 0;
        for (var i = 0; i < line.Length;)
        {
            var hidden = HiddenLength(line[i..]);
            if (hidden == 0)
            {
                _bytes[_count] = line[i];
                _positions[_count++] = i;
            }

            i += Math.Max(hidden, 1);
        }
    }

    public static byte[] Of(ReadOnlySpan<byte> text)
    {
        var visible = new VisibleText();
        visible.Load(text);
        return visible.Bytes.ToArray();
    }

    /// <summary>How many bytes at the start of <paramref name="text"/> are a control character or a terminal sequence; 0 for visible text.</summary>
    public static int HiddenLength(ReadOnlySpan<byte> text) => text[0] switch
    {
        0x1b when text.Length > 1 => SequenceLength(text),
        (byte)'\t' => 0,
        < 0x20 or 0x7f => 1,
        _ => 0,
    };

    private static int SequenceLength(ReadOnlySpan<byte> text) => text[1] switch
    {
        (byte)'[' => Ended(text, text[2..].IndexOfAnyInRange<byte>(0x40, 0x7e)),
        (byte)']' or (byte)'P' or (byte)'_' or (byte)'^' or (byte)'X' => Ended(text, text[2..].IndexOfAny<byte>(0x07, 0x1b)),
        _ => 1,
    };

    // An unfinished sequence hides its introducer alone: otherwise it would hide the rest of the line.
    private static int Ended(ReadOnlySpan<byte> text, int end) => end < 0 ? 2
        : text[2 + end] != 0x1b ? end + 3
        : text[(3 + end)..] is [(byte)'\\', ..] ? end + 4
        : end + 2;
}
