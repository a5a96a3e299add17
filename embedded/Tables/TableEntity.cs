// Oblivious of null, as the package is: code compiles alike against both.
#nullable disable
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Azure.Data.Tables.Json;

namespace Azure.Data.Tables;

/// <summary>An entity as a dictionary of its properties.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "The package's name.")]
public sealed class TableEntity : ITableEntity, IDictionary<string, object>
{
    /// <summary>An entity without keys.</summary>
    public TableEntity() => Values = [];

    /// <summary>An entity with nothing but its keys.</summary>
    public TableEntity(string partitionKey, string rowKey)
        : this()
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>An entity with a copy of the values.</summary>
    public TableEntity(IDictionary<string, object> values) => Values = values is null ? [] : new(values);

    /// <inheritdoc/>
    public string PartitionKey { get => GetString(SystemProperty.PartitionKey); set => Values[SystemProperty.PartitionKey] = value; }

    /// <inheritdoc/>
    public string RowKey { get => GetString(SystemProperty.RowKey); set => Values[SystemProperty.RowKey] = value; }

    /// <inheritdoc/>
    public DateTimeOffset? Timestamp
    {
        get => GetDateTimeOffset(SystemProperty.Timestamp);
        set => Values[SystemProperty.Timestamp] = value;
    }

    /// <inheritdoc/>
    public ETag ETag
    {
        get => GetString(SystemProperty.ETag) is { } text ? new ETag(text) : default;
        set => Values[SystemProperty.ETag] = value == default ? null : value.ToString();
    }

    /// <inheritdoc/>
    public int Count => Values.Count;

    /// <inheritdoc/>
    public ICollection<string> Keys => Values.Keys;

    /// <inheritdoc/>
    ICollection<object> IDictionary<string, object>.Values => Values.Values;

    bool ICollection<KeyValuePair<string, object>>.IsReadOnly => false;

    internal Dictionary<string, object> Values { get; }

    /// <summary>A property; null when there is none of that name. A number keeps the wider of its two types.</summary>
    public object this[string key]
    {
        get => Values.GetValueOrDefault(key);
        set => Values[key] = value is null || !Values.TryGetValue(key, out var old) || old is null ? value : Coerce(key, old, value);
    }

    /// <summary>A text; null when there is none. This and the other getters refuse a property of another type.</summary>
    public string GetString(string key) => Get<string>(key);

    /// <summary>Bytes; null when there are none.</summary>
    public byte[] GetBinary(string key) => this[key] is BinaryData data ? data.ToArray() : Get<byte[]>(key);

    /// <summary>Bytes; null when there are none.</summary>
    public BinaryData GetBinaryData(string key) => this[key] is byte[] bytes ? BinaryData.FromBytes(bytes) : Get<BinaryData>(key);

    /// <summary>True or false; null when there is none.</summary>
    public bool? GetBoolean(string key) => Get<bool?>(key);

    /// <summary>A time in UTC; null when there is none.</summary>
    public DateTime? GetDateTime(string key) => this[key] is DateTimeOffset time ? time.UtcDateTime : Get<DateTime?>(key);

    /// <summary>A time; null when there is none.</summary>
    public DateTimeOffset? GetDateTimeOffset(string key) =>
        this[key] is DateTime time ? new DateTimeOffset(time) : Get<DateTimeOffset?>(key);

    /// <summary>A number; null when there is none.</summary>
    public double? GetDouble(string key) => Get<double?>(key);

    /// <summary>A GUID; null when there is none.</summary>
    public Guid? GetGuid(string key) => Get<Guid?>(key);

    /// <summary>A number; null when there is none.</summary>
    public int? GetInt32(string key) => Get<int?>(key);

    /// <summary>A number; null when there is none.</summary>
    public long? GetInt64(string key) => Get<long?>(key);

    /// <inheritdoc/>
    public void Add(string key, object value) => Values.Add(key, value);

    /// <inheritdoc/>
    public void Clear() => Values.Clear();

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Values.ContainsKey(key);

    /// <inheritdoc/>
    public bool Remove(string key) => Values.Remove(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out object value) => Values.TryGetValue(key, out value);

    void ICollection<KeyValuePair<string, object>>.Add(KeyValuePair<string, object> item) => Values.Add(item.Key, item.Value);

    bool ICollection<KeyValuePair<string, object>>.Contains(KeyValuePair<string, object> item) => Values.Contains(item);

    void ICollection<KeyValuePair<string, object>>.CopyTo(KeyValuePair<string, object>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, object>>)Values).CopyTo(array, arrayIndex);

    bool ICollection<KeyValuePair<string, object>>.Remove(KeyValuePair<string, object> item) =>
        ((ICollection<KeyValuePair<string, object>>)Values).Remove(item);

    IEnumerator<KeyValuePair<string, object>> IEnumerable<KeyValuePair<string, object>>.GetEnumerator() => Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Values.GetEnumerator();

    private static object Coerce(string key, object old, object value) => (old, value) switch
    {
        (double, int number) => (double)number,
        (long, int number) => (long)number,
        (int, long or double) => value,
        _ when old.GetType().IsInstanceOfType(value) => value,
        _ => throw new InvalidOperationException($"Property {key} is a {old.GetType()}; a {value.GetType()} cannot take its place."),
    };

    private T Get<T>(string key) => Values.GetValueOrDefault(key) switch
    {
        null => default,
        T value => value,
        var other => throw new InvalidOperationException($"Property {key} is a {other.GetType()}, not a {typeof(T)}."),
    };
}
