using System.Buffers;
using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Logs;

/// <summary>
/// Turns the log of one attempt, in pieces of any size, into what is stored: whole lines, redacted, harmless. The result depends on the bytes alone and
/// not on how they were cut into pieces, so that it can be made again after a crash.
/// </summary>
internal sealed class LogFilter(SecretRedactor redactor, int lineLimit, long offset)
{
    private LineRedactor _redactor = new(redactor);
    private readonly ArrayBufferWriter<byte> _line = new();
    private int _seen = lineLimit + redactor.Patterns.Longest;
    private long _dropped;

    /// <summary>Bytes of the source read so far.</summary>
    public long Offset { get; private set; } = offset;

    /// <summary>The last place in the source from which a filter without memory would go on in the same way.</summary>
    public long SafeOffset { get; private set; } = offset;

    /// <summary>What was written to the output at <see cref="SafeOffset"/>, counted from the start.</summary>
    public long SafeLength { get; private set; }

    public long Length { get; private set; }

    /// <summary>From the next line on other secrets are masked; false inside a secret of several lines, which the redactor of now must end.</summary>
    public bool TryUse(SecretRedactor next)
    {
        if (!_redactor.IsQuiet)
        {
            return false;
        }

        _redactor = new(next);
        _seen = Math.Max(_line.WrittenCount, lineLimit + next.Patterns.Longest);
        return true;
    }

    public void Write(ReadOnlySpan<byte> input, IEnumerable<LogStep> steps, ArrayBufferWriter<byte> output)
    {
        foreach (var step in steps.Where(step => step.Offset >= Offset).OrderBy(step => step.Offset))
        {
            var before = (int)Math.Min(step.Offset - Offset, input.Length);
            Write(input[..before], output);
            input = input[before..];
            EndOpenLine(output);
            Put(LogMarker.Step(step), output);
        }

        Write(input, output);
    }

    /// <summary>The source has ended: a last line without its end is written as well.</summary>
    public void Finish(ArrayBufferWriter<byte> output)
    {
        EndOpenLine(output);
        (SafeOffset, SafeLength) = (Offset, Length);
    }

    private void Write(ReadOnlySpan<byte> input, ArrayBufferWriter<byte> output)
    {
        while (!input.IsEmpty)
        {
            var end = input.IndexOf((byte)'\n');
            var part = end < 0 ? input : input[..end];
            var kept = Math.Min(part.Length, _seen - _line.WrittenCount);
            _line.Write(part[..kept]);
            _dropped += part.Length - kept;
            var taken = end < 0 ? input.Length : end + 1;
            Offset += taken;
            input = input[taken..];
            if (end >= 0)
            {
                EndLine(output);
            }
        }
    }

    private void EndOpenLine(ArrayBufferWriter<byte> output)
    {
        if (_line.WrittenCount > 0 || _dropped > 0)
        {
            EndLine(output, open: true);
        }
    }

    private void EndLine(ArrayBufferWriter<byte> output, bool open = false)
    {
        var line = _line.WrittenSpan;
        line = line is [.., (byte)'\r'] && _dropped == 0 ? line[..^1] : line;
        var masks = _redactor.Find(line, cut: open || _dropped > 0);
        var shown = Math.Min(line.Length, lineLimit);
        var over = _dropped + line.Length - shown;
        var before = output.WrittenCount;
        LineSanitizer.Write(line[..shown], over == 0 ? masks : Within(masks, shown), output);
        if (over > 0)
        {
            output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $" [{over} bytes cut]")));
        }

        output.Write("\n"u8);
        Length += output.WrittenCount - before;
        _line.ResetWrittenCount();
        _dropped = 0;
        if (_redactor.IsQuiet)
        {
            (SafeOffset, SafeLength) = (Offset, Length);
        }
    }

    private static List<(int Start, int End)> Within(IReadOnlyList<(int Start, int End)> masks, int shown) =>
        [.. masks.Where(mask => mask.Start < shown).Select(mask => (mask.Start, Math.Min(mask.End, shown)))];

    private void Put(string text, ArrayBufferWriter<byte> output)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        output.Write(bytes);
        Length += bytes.Length;
    }
}
