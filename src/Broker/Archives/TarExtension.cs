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
            return _utf8.GetString(name);
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

    /// <summary>Where two headers name one entry, programs disagree about which of them counts.</summary>
    public TarExtension WithPath(ReadOnlySpan<byte> name) =>
        Path is null ? this with { Path = Name(name) } : throw new InvalidDataException("has more than one name");

    public TarExtension WithLink(ReadOnlySpan<byte> name) =>
        Link is null ? this with { Link = Name(name) } : throw new InvalidDataException("has more than one target");

    private TarExtension With(string key, ReadOnlySpan<byte> value) => key switch
    {
        "path" => WithPath(value),
        "linkpath" => WithLink(value),
        "size" => this with
        {
            Size = Size is null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : throw new InvalidDataException("has a size that is no number"),
        },
        "SCHILY.realsize" => throw new InvalidDataException("is a sparse file"),
        _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal) => throw new InvalidDataException("is a sparse file"),
        _ => this,
    };

    private static string Name(ReadOnlySpan<byte> value) =>
        value.IsEmpty ? throw new InvalidDataException("has an empty name")
        : value.Contains((byte)0) ? throw new InvalidDataException("has a NUL in its name")
        : Decode(value);
}
