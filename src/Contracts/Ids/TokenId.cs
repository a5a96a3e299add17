using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Names an access token without being of use to whoever reads it: the start of the token's SHA-256.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct TokenId
{
    public const string Prefix = "tok_";

    private static readonly SearchValues<char> _digits = SearchValues.Create("0123456789abcdef");

    private readonly string? _text;

    private TokenId(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out TokenId id)
    {
        var valid = text is { Length: 24 } && text.StartsWith(Prefix, StringComparison.Ordinal) && text.AsSpan(Prefix.Length).IndexOfAnyExcept(_digits) < 0;
        id = valid ? new TokenId(text!) : default;
        return valid;
    }

    public override string ToString() => _text ?? throw new InvalidOperationException("This TokenId was never set.");

    public sealed class Converter : JsonConverter<TokenId>
    {
        public override TokenId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var id) ? id : throw new JsonException("A token's id is tok_ and 20 hexadecimal digits.");

        public override void Write(Utf8JsonWriter writer, TokenId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
