using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>
/// Writes properties in the service's JSON. What JSON has no type for is annotated; a null is left out, as the service would.
/// </summary>
internal static class EdmWriter
{
    public static void WriteEdm(this Utf8JsonWriter writer, string name, long value)
    {
        Annotate(writer, name, "Edm.Int64"u8);
        Span<byte> digits = stackalloc byte[20];
        value.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteString(name, digits[..length]);
    }

    public static void WriteEdm(this Utf8JsonWriter writer, string name, double value)
    {
        Annotate(writer, name, "Edm.Double"u8);
        if (double.IsFinite(value))
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteString(name, double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    public static void WriteEdm(this Utf8JsonWriter writer, string name, Guid value)
    {
        Annotate(writer, name, "Edm.Guid"u8);
        writer.WriteString(name, value);
    }

    public static void WriteEdm(this Utf8JsonWriter writer, string name, DateTimeOffset value)
    {
        Annotate(writer, name, "Edm.DateTime"u8);
        Span<byte> text = stackalloc byte[28];
        value.UtcDateTime.TryFormat(text, out var length, "O", CultureInfo.InvariantCulture);
        writer.WriteString(name, text[..length]);
    }

    public static void WriteEdm(this Utf8JsonWriter writer, string name, DateTime value) =>
        writer.WriteEdm(name, value.Kind == DateTimeKind.Utc
            ? new DateTimeOffset(value)
            : throw new NotSupportedException($"The DateTime of property {name} is not UTC: the service keeps no other."));

    public static void WriteEdm(this Utf8JsonWriter writer, string name, ReadOnlySpan<byte> value)
    {
        Annotate(writer, name, "Edm.Binary"u8);
        writer.WriteBase64String(name, value);
    }

    public static void WriteEdm(this Utf8JsonWriter writer, string name, object? value)
    {
        switch (value)
        {
            case null: break;
            case string text: writer.WriteString(name, text); break;
            case int number: writer.WriteNumber(name, number); break;
            case bool flag: writer.WriteBoolean(name, flag); break;
            case long number: writer.WriteEdm(name, number); break;
            case double number: writer.WriteEdm(name, number); break;
            case Guid guid: writer.WriteEdm(name, guid); break;
            case DateTimeOffset time: writer.WriteEdm(name, time); break;
            case DateTime time: writer.WriteEdm(name, time); break;
            case byte[] bytes: writer.WriteEdm(name, bytes.AsSpan()); break;
            case BinaryData bytes: writer.WriteEdm(name, bytes.ToMemory().Span); break;
            case Enum constant: writer.WriteString(name, constant.ToString()); break;
            default: throw new NotSupportedException($"Property {name}: the service has no type for {value.GetType()}.");
        }
    }

    private static void Annotate(Utf8JsonWriter writer, string name, ReadOnlySpan<byte> type)
    {
        const string Suffix = "@odata.type";
        Span<char> annotation = name.Length <= 244 ? stackalloc char[256] : new char[name.Length + Suffix.Length];
        name.CopyTo(annotation);
        Suffix.CopyTo(annotation[name.Length..]);
        writer.WriteString(annotation[..(name.Length + Suffix.Length)], type);
    }
}
