using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables.Http;

/// <summary>Reads the service's <c>{"odata.error":{"code":…,"message":{"value":…}}}</c>.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public static readonly TableErrorParser Instance = new();

    public override bool TryParse(Response response, out ResponseError? error, out IDictionary<string, string>? data)
    {
        (error, data) = (null, null);
        var header = response.Headers.TryGetValue("x-ms-error-code", out var value) ? value : null;
        if (response.ContentStream is MemoryStream { Length: > 0 })
        {
            try
            {
                error = Read(response.Content.ToMemory());
            }
            catch (JsonException)
            {
                // A proxy's page, or the XML of another service: the status and the header say what there is to say.
            }
        }

        error ??= header is null ? null : new ResponseError(header, null);
        return error is not null;
    }

    private static ResponseError? Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (json.RootElement is not { ValueKind: JsonValueKind.Object } root
            || !root.TryGetProperty("odata.error", out var error) || error.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var code = TextOf(error, "code");
        var text = error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object
            ? TextOf(message, "value")
            : null;
        return code is null && text is null ? null : new ResponseError(code, text);
    }

    private static string? TextOf(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
