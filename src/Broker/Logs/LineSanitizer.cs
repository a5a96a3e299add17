using System.Buffers;
using System.Text;
using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Logs;

/// <summary>Writes a line so that it can do nothing but be read: text, tabs and colours; everything else becomes U+FFFD.</summary>
internal static class LineSanitizer
{
    private static readonly SearchValues<byte> _plain = SearchValues.Create([.. "\t"u8, .. Enumerable.Range(0x20, 0x5f).Select(code => (byte)code)]);

    public static void Write(ReadOnlySpan<byte> line, IReadOnlyList<(int Start, int End)> masks, IBufferWriter<byte> output)
    {
        var position = 0;
        foreach (var (start, end) in masks)
        {
            WriteText(line[position..start], output);
            output.Write(LineRedactor.Mask);
            position = end;
        }

        WriteText(line[position..], output);
    }

    private static void WriteText(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAnyExcept(_plain);
            plain = plain < 0 ? text.Length : plain;
            output.Write(text[..plain]);
            text = text[plain..];
            if (!text.IsEmpty)
            {
                text = text[WriteSpecial(text, output)..];
            }
        }
    }

    private static int WriteSpecial(ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        if (text[0] == '\r')
        {
            // Written over itself in a terminal; here nothing is hidden.
            output.Write("\n"u8);
            return 1;
        }

        if (VisibleText.HiddenLength(text) is > 0 and var length)
        {
            if (IsColour(text[..length]))
            {
                output.Write(text[..length]);
            }
            else if (length == 1)
            {
                output.Write("\uFFFD"u8);
            }

            return length;
        }

        var status = Rune.DecodeFromUtf8(text, out var rune, out var consumed);
        output.Write(status == OperationStatus.Done && rune.Value is not (>= 0x80 and < 0xa0 or LogMarker.Sign) ? text[..consumed] : "\uFFFD"u8);
        return consumed;
    }

    private static bool IsColour(ReadOnlySpan<byte> sequence) => sequence.Length is > 2 and <= 32 && sequence[1] == '[' && sequence[^1] == 'm'
        && !sequence[2..^1].ContainsAnyExcept("0123456789;:"u8);
}
