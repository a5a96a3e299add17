using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>Reads entities off the service's answers.</summary>
internal static class EntityReader
{
    public static T Read<T>(ReadOnlySpan<byte> json, ETag? etag)
        where T : class, ITableEntity
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var entity = Read<T>(ref reader);
        if (entity.ETag == default && etag is { } header)
        {
            entity.ETag = header;
        }

        return entity;
    }

    /// <summary>Reads the array "value" of a page.</summary>
    public static List<T> ReadPage<T>(ReadOnlySpan<byte> json)
        where T : class, ITableEntity
    {
        List<T> entities = [];
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            reader.Read();
            if (!isValue)
            {
                reader.Skip();
                continue;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
            {
                entities.Add(Read<T>(ref reader));
            }
        }

        return entities;
    }

    private static T Read<T>(ref Utf8JsonReader reader)
        where T : class, ITableEntity
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is no entity.");
        }

        if (typeof(T) == typeof(TableEntity))
        {
            return (T)(object)ReadValues(ref reader);
        }

        var type = EntityType.For(typeof(T));
        var entity = Activator.CreateInstance<T>();
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!ReadSystem(ref reader, entity))
            {
                var property = type.Find(ref reader, ref next);
                reader.Read();
                property?.Read(ref reader, entity);
                reader.Skip();
            }
        }

        return entity;
    }

    private static TableEntity ReadValues(ref Utf8JsonReader reader)
    {
        var entity = new TableEntity();
        ReadOnlySpan<byte> type = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // The annotation comes right before the property that it is of.
            if (reader.ValueSpan.EndsWith("@odata.type"u8))
            {
                reader.Read();
                type = reader.ValueSpan;
                continue;
            }

            if (!ReadSystem(ref reader, entity))
            {
                var name = reader.ValueSpan.StartsWith("odata."u8) ? null : reader.GetString();
                reader.Read();
                if (name is not null)
                {
                    entity.Values[name] = EdmReader.Value(ref reader, type);
                }
            }

            type = default;
        }

        return entity;
    }

    private static bool ReadSystem(ref Utf8JsonReader reader, ITableEntity entity)
    {
        if (reader.ValueTextEquals(SystemProperty.PartitionKey))
        {
            reader.Read();
            entity.PartitionKey = reader.GetString()!;
        }
        else if (reader.ValueTextEquals(SystemProperty.RowKey))
        {
            reader.Read();
            entity.RowKey = reader.GetString()!;
        }
        else if (reader.ValueTextEquals(SystemProperty.Timestamp))
        {
            reader.Read();
            entity.Timestamp = EdmReader.Time(ref reader);
        }
        else if (reader.ValueTextEquals(SystemProperty.ETag))
        {
            reader.Read();
            entity.ETag = new ETag(reader.GetString() ?? "");
        }
        else
        {
            return false;
        }

        return true;
    }
}
