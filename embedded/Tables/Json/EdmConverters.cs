using System.Reflection;
using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>The .NET types that an entity's properties can have.</summary>
internal static class EdmConverters
{
    private static readonly Dictionary<Type, object> _known = new()
    {
        [typeof(string)] = new EdmConverter<string?>(
            static (writer, name, value) => writer.WriteEdm(name, (object?)value),
            static (ref Utf8JsonReader reader) => reader.GetString()),
        [typeof(int)] = new EdmConverter<int>(
            static (writer, name, value) => writer.WriteNumber(name, value), static (ref Utf8JsonReader reader) => reader.GetInt32()),
        [typeof(long)] = new EdmConverter<long>(static (writer, name, value) => writer.WriteEdm(name, value), EdmReader.Int64),
        [typeof(double)] = new EdmConverter<double>(static (writer, name, value) => writer.WriteEdm(name, value), EdmReader.Double),
        [typeof(bool)] = new EdmConverter<bool>(
            static (writer, name, value) => writer.WriteBoolean(name, value), static (ref Utf8JsonReader reader) => reader.GetBoolean()),
        [typeof(Guid)] = new EdmConverter<Guid>(
            static (writer, name, value) => writer.WriteEdm(name, value), static (ref Utf8JsonReader reader) => reader.GetGuid()),
        [typeof(DateTimeOffset)] = new EdmConverter<DateTimeOffset>(
            static (writer, name, value) => writer.WriteEdm(name, value), EdmReader.Time),
        [typeof(DateTime)] = new EdmConverter<DateTime>(
            static (writer, name, value) => writer.WriteEdm(name, value),
            static (ref Utf8JsonReader reader) => EdmReader.Time(ref reader).UtcDateTime),
        [typeof(byte[])] = new EdmConverter<byte[]?>(
            static (writer, name, value) => writer.WriteEdm(name, (object?)value),
            static (ref Utf8JsonReader reader) => reader.GetBytesFromBase64()),
        [typeof(BinaryData)] = new EdmConverter<BinaryData?>(
            static (writer, name, value) => writer.WriteEdm(name, (object?)value),
            static (ref Utf8JsonReader reader) => BinaryData.FromBytes(reader.GetBytesFromBase64())),
    };

    /// <returns>Null when the service has no type for it.</returns>
    public static EdmConverter<T>? For<T>() => (EdmConverter<T>?)(
        _known.GetValueOrDefault(typeof(T))
        ?? (typeof(T).IsEnum ? Close(nameof(OfEnum), typeof(T))
            : Nullable.GetUnderlyingType(typeof(T)) is { } inner ? Close(nameof(OfNullable), inner)
            : null));

    private static object? Close(string method, Type type) =>
        typeof(EdmConverters).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null);

    private static EdmConverter<T> OfEnum<T>()
        where T : struct, Enum => new(
            static (writer, name, value) => writer.WriteString(name, value.ToString()),
            static (ref Utf8JsonReader reader) => Enum.Parse<T>(reader.GetString()!));

    private static EdmConverter<T?>? OfNullable<T>()
        where T : struct => For<T>() is not { } inner ? null : new(
            (writer, name, value) =>
            {
                if (value is { } present)
                {
                    inner.Write(writer, name, present);
                }
            },
            (ref Utf8JsonReader reader) => inner.Read(ref reader));
}
