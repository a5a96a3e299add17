using System.Text;

namespace Azure.Data.Tables.Transactions;

/// <summary>Reads the multipart answer to a transaction: one answer an action, or a single one that says what was refused.</summary>
internal static class TransactionAnswer
{
    public static List<Response> Parse(ReadOnlyMemory<byte> body, string clientRequestId)
    {
        List<Response> answers = [];
        var rest = body;
        while (Next(ref rest) is { } part)
        {
            answers.Add(ParsePart(part, clientRequestId));
        }

        return answers;
    }

    // A part begins where a line says HTTP/1.1 and ends before the next line that is a border.
    private static ReadOnlyMemory<byte>? Next(ref ReadOnlyMemory<byte> rest)
    {
        var start = rest.Span.IndexOf("\nHTTP/1."u8);
        if (start < 0)
        {
            return null;
        }

        var part = rest[(start + 1)..];
        var end = part.Span.IndexOf("\n--changesetresponse"u8);
        if (end < 0)
        {
            throw new FormatException("The answer to a transaction breaks off.");
        }

        rest = part[end..];
        return part[..end];
    }

    private static TransactionPart ParsePart(ReadOnlyMemory<byte> part, string clientRequestId)
    {
        var statusLine = Line(ref part);
        var words = statusLine.Split(' ', 3);
        if (words.Length < 2 || !int.TryParse(words[1], out var status))
        {
            throw new FormatException("The answer to a transaction has a part without a status.");
        }

        List<KeyValuePair<string, string>> headers = [];
        for (var line = Line(ref part); line.Length > 0; line = Line(ref part))
        {
            if (line.IndexOf(':') is > 0 and var colon)
            {
                headers.Add(new(line[..colon].Trim(), line[(colon + 1)..].Trim()));
            }
        }

        return new TransactionPart(status, words.Length > 2 ? words[2] : "", headers, part.ToArray()) { ClientRequestId = clientRequestId };
    }

    private static string Line(ref ReadOnlyMemory<byte> rest)
    {
        var end = rest.Span.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return Encoding.UTF8.GetString(line.Span.TrimEnd((byte)'\r'));
    }
}
