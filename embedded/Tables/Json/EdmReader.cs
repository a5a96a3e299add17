using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>Reads values off the service's JSON.</summary>
internal static class EdmReader
{
    public static long Int64(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt64() : long.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

    public static double Double(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetDouble() : double.Parse(reader.GetString()!, CultureInfo.InvariantCulture);

    public static DateTimeOffset Time(ref Utf8JsonReader reader) => reader.TryGetDateTimeOffset(out var time)
        ? time.ToUniversalTime()
        : DateTimeOffset.Parse(
            reader.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <param name="reader">At the value.</param>
    /// <param name="type">What the annotation says; empty when there is none.</param>
    public static object? Value(ref Utf8JsonReader reader, ReadOnlySpan<byte> type) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => Number(ref reader, type),
        JsonTokenType.String when type.SequenceEqual("Edm.Int64"u8) => Int64(ref reader),
        JsonTokenType.String when type.SequenceEqual("Edm.Double"u8) => Double(ref reader),
        JsonTokenType.String when type.SequenceEqual("Edm.Guid"u8) => reader.GetGuid(),
        JsonTokenType.String when type.SequenceEqual("Edm.DateTime"u8) => Time(ref reader),
        JsonTokenType.String when type.SequenceEqual("Edm.Binary"u8) => reader.GetBytesFromBase64(),
        JsonTokenType.String => reader.GetString(),
        _ => throw new JsonException($"A property cannot be a JSON {reader.TokenType}."),
    };

    // A number without an annotation is an Int32 unless it is written with a fraction.
    private static object Number(ref Utf8JsonReader reader, ReadOnlySpan<byte> type) =>
        type.SequenceEqual("Edm.Int64"u8) ? reader.GetInt64()
        : !type.SequenceEqual("Edm.Double"u8) && reader.ValueSpan.IndexOfAny(".eE"u8) < 0 && reader.TryGetInt32(out var number) ? number
        : (object)reader.GetDouble();
}
