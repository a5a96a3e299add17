using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>An app's name: 1 to 63 lower-case letters, digits and inner hyphens, so that it can be a host name.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct AppName
{
    private const int Longest = 63;

    private static readonly SearchValues<char> _allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private readonly string? _text;

    private AppName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out AppName name)
    {
        var valid = text is { Length: >= 1 and <= Longest } && text[0] != '-' && text[^1] != '-' && !text.AsSpan().ContainsAnyExcept(_allowed);
        name = valid ? new AppName(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This AppName was never set.");

    public sealed class Converter : JsonConverter<AppName>
    {
        public override AppName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var name) ? name : throw new JsonException("An app's name has 1 to 63 lower-case letters, digits and inner hyphens.");

        public override void Write(Utf8JsonWriter writer, AppName value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
