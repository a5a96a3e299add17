using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Serialization;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>What is kept of a class of entities, found out once a class.</summary>
internal sealed class EntityType
{
    private static readonly ConcurrentDictionary<Type, EntityType> _known = new();

    // The service's own; they go through ITableEntity.
    private static readonly string[] _system = [SystemProperty.PartitionKey, SystemProperty.RowKey, SystemProperty.Timestamp, "ETag"];

    private EntityType(Type type)
    {
        if (type.IsValueType)
        {
            throw new NotSupportedException($"{type} is a struct; an entity is a class.");
        }

        Properties = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsKept).Select(Bind)];
    }

    public EntityProperty[] Properties { get; }

    public static EntityType For(Type type) => _known.GetOrAdd(type, static type => new EntityType(type));

    /// <summary>The name that a property has in the table.</summary>
    public static string NameOf(MemberInfo property) => property.GetCustomAttribute<DataMemberAttribute>()?.Name ?? property.Name;

    /// <summary>
    /// Finds the property that the reader is at. Answers name properties in one order, so the search goes on from the last find.
    /// </summary>
    public EntityProperty? Find(ref Utf8JsonReader reader, ref int next)
    {
        for (var tried = 0; tried < Properties.Length; tried++)
        {
            var at = (next + tried) % Properties.Length;
            if (Properties[at].IsAt(ref reader))
            {
                next = at + 1;
                return Properties[at];
            }
        }

        return null;
    }

    private static bool IsKept(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0
        && !_system.Contains(property.Name)
        && !property.IsDefined(typeof(IgnoreDataMemberAttribute));

    private static EntityProperty Bind(PropertyInfo property)
    {
        var typed = typeof(TypedProperty<,>).MakeGenericType(property.ReflectedType!, property.PropertyType);
        return (EntityProperty)Activator.CreateInstance(typed, BindingFlags.DoNotWrapExceptions | BindingFlags.CreateInstance
            | BindingFlags.Public | BindingFlags.Instance, null, [property, NameOf(property)], null)!;
    }
}
