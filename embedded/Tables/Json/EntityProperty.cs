using System.Text;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>A property of a class of entities, and its name in the table.</summary>
internal abstract class EntityProperty(string name)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public bool IsAt(ref Utf8JsonReader reader) => reader.ValueTextEquals(_utf8);

    public abstract void Write(Utf8JsonWriter writer, object entity);

    public abstract void Read(ref Utf8JsonReader reader, object entity);
}
