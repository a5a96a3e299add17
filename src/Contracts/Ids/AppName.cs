using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BuildFunctions.Contracts.Ids;

/// <summary>An app's name: 1 to 63 lower-case letters, digits and inner hyphens, so that it can be a host name.</summary>
[JsonConverter(typeof(Converter))]
public readonly partial record struct AppName
{
    private readonly string? _text;

    private AppName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out AppName name)
    {
        var valid = text is not null && Pattern().IsMatch(text);
        name = valid ? new AppName(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This AppName was never set.");

    [GeneratedRegex(@"\A[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z")]
    private static partial Regex Pattern();

    public sealed class Converter : JsonConverter<AppName>
    {
        public override AppName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var name) ? name : throw new JsonException("An app's name has 1 to 63 lower-case letters, digits and inner hyphens.");

        public override void Write(Utf8JsonWriter writer, AppName value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
