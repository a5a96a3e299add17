using System.Globalization;
using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>What pax and GNU headers say about the entry that follows them.</summary>
internal sealed record TarExtension
{
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public string? Path { get; init; }

    public string? Link { get; init; }

    public long? Size { get; init; }

    public static string Decode(ReadOnlySpan<byte> name)
    {
        try
        {
            return _utf8.GetString(name.TrimEnd((byte)0));
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException("has a name that is not UTF-8", fault);
        }
    }

    /// <summary>Adds pax records, each <c>LENGTH KEY=VALUE\n</c>.</summary>
    public TarExtension WithPax(ReadOnlySpan<byte> records)
    {
        var result = this;
        while (!records.IsEmpty)
        {
            var space = records.IndexOf((byte)' ');
            if (space is < 1 or > 7 || !int.TryParse(records[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length <= space + 1 || length > records.Length || records[length - 1] != '\n')
            {
                throw new InvalidDataException("has a broken extended header");
            }

            var record = records[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 1)
            {
                throw new InvalidDataException("has a broken extended header");
            }

            result = result.With(Decode(record[..equals]), record[(equals + 1)..]);
            records = records[length..];
        }

        return result;
    }

    private TarExtension With(string key, ReadOnlySpan<byte> value) => key switch
    {
        "path" => this with { Path = Name(value) },
        "linkpath" => this with { Link = Name(value) },
        "size" => this with
        {
            Size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw new InvalidDataException("has a size that is no number"),
        },
        _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal) => throw new InvalidDataException("is a sparse file"),
        _ => this,
    };

    private static string Name(ReadOnlySpan<byte> value) =>
        value.Contains((byte)0) ? throw new InvalidDataException("has a NUL in its name") : Decode(value);
}
