using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>Writes entities as the JSON that the service takes.</summary>
internal static class EntityWriter
{
    private static readonly JsonWriterOptions _options = new()
    {
        // Text of other alphabets and quotes stay short.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    public static void Write(IBufferWriter<byte> destination, ITableEntity entity)
    {
        // Taken for the time of the call: a property's getter may itself write an entity.
        var writer = _writer ?? new Utf8JsonWriter(destination, _options);
        _writer = null;
        writer.Reset(destination);
        writer.WriteStartObject();
        writer.WriteString(SystemProperty.PartitionKey, entity.PartitionKey);
        writer.WriteString(SystemProperty.RowKey, entity.RowKey);
        if (entity is TableEntity table)
        {
            WriteValues(writer, table);
        }
        else
        {
            foreach (var property in EntityType.For(entity.GetType()).Properties)
            {
                property.Write(writer, entity);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        writer.Reset(Stream.Null);
        _writer = writer;
    }

    private static void WriteValues(Utf8JsonWriter writer, TableEntity entity)
    {
        foreach (var (name, value) in entity.Values)
        {
            if (name is not (SystemProperty.PartitionKey or SystemProperty.RowKey or SystemProperty.Timestamp or SystemProperty.ETag))
            {
                writer.WriteEdm(name, value);
            }
        }
    }
}
