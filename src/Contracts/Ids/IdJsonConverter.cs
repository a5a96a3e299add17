using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Contracts.Ids;

/// <summary>Writes an id as its text.</summary>
public sealed class IdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, ISortableId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException($"Not an id of the form {TId.Prefix}….");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
