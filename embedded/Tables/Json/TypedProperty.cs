using System.Reflection;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>Gets and sets through delegates that are bound once, so that a call neither reflects nor boxes.</summary>
internal sealed class TypedProperty<TEntity, TValue> : EntityProperty
    where TEntity : class
{
    private readonly EdmConverter<TValue> _converter;
    private readonly Func<TEntity, TValue>? _get;
    private readonly Action<TEntity, TValue>? _set;

    public TypedProperty(PropertyInfo property, string name)
        : base(name)
    {
        _converter = EdmConverters.For<TValue>()
            ?? throw new NotSupportedException($"{typeof(TEntity)}.{property.Name}: the service has no type for {typeof(TValue)}.");
        _get = property.GetGetMethod()?.CreateDelegate<Func<TEntity, TValue>>();
        _set = property.GetSetMethod()?.CreateDelegate<Action<TEntity, TValue>>();
    }

    public override void Write(Utf8JsonWriter writer, object entity)
    {
        if (_get is not null)
        {
            _converter.Write(writer, Name, _get((TEntity)entity));
        }
    }

    public override void Read(ref Utf8JsonReader reader, object entity)
    {
        if (_set is null || reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        TValue value;
        try
        {
            value = _converter.Read(ref reader);
        }
        catch (Exception exception)
            when (exception is InvalidOperationException or FormatException or OverflowException or ArgumentException)
        {
            throw new InvalidOperationException($"What the table keeps in {Name} is no {typeof(TValue)} of {typeof(TEntity)}.", exception);
        }

        _set((TEntity)entity, value);
    }
}
