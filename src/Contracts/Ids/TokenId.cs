using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names an access token without being of use to whoever reads it: the start of the token's SHA-256.</summary>
[JsonConverter(typeof(Converter))]
public readonly partial record struct TokenId
{
    public const string Prefix = "tok_";

    private readonly string? _text;

    private TokenId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out TokenId id)
    {
        var valid = text is not null && Pattern().IsMatch(text);
        id = valid ? new TokenId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This TokenId was never set.");

    [GeneratedRegex(@"\Atok_[0-9a-f]{20}\z")]
    private static partial Regex Pattern();

    public sealed class Converter : JsonConverter<TokenId>
    {
        public override TokenId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A token's id is tok_ and 20 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, TokenId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
