using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Ssh;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>The blocks of an answer of the script that runs on the server: each has a name, a length and so many bytes. The last may be cut short.</summary>
internal sealed class AgentAnswer
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _blocks = new(StringComparer.Ordinal);

    private AgentAnswer()
    {
    }

    public static AgentAnswer Parse(ReadOnlyMemory<byte> answer)
    {
        var blocks = new AgentAnswer();
        while (answer.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            var head = Encoding.ASCII.GetString(answer.Span[..end]).Split(' ');
            if (head.Length != 2 || !int.TryParse(head[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                throw new SshTroubleException(SshTrouble.Answer, "The server's answer cannot be read.");
            }

            var rest = answer[(end + 1)..];
            blocks._blocks[head[0]] = rest[..Math.Min(length, rest.Length)];
            answer = rest[Math.Min(length + 1, rest.Length)..];
        }

        return blocks;
    }

    public bool Has(string name) => _blocks.ContainsKey(name);

    public string? Text(string name) => _blocks.TryGetValue(name, out var bytes) ? Encoding.UTF8.GetString(bytes.Span) : null;

    public ReadOnlyMemory<byte> Bytes(string name) => _blocks.GetValueOrDefault(name);

    public long Number(string name) => ParseNumber(Text(name)) ?? 0;

    /// <summary>The numbers of a line, with null for what is none.</summary>
    public long?[] Numbers(string name) => [.. (Text(name) ?? "").Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(ParseNumber)];

    private static long? ParseNumber(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
