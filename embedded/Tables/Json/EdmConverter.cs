using System.Text.Json;

namespace Azure.Data.Tables.Json;

/// <summary>How a .NET type is kept by the service.</summary>
internal sealed record EdmConverter<T>(Action<Utf8JsonWriter, string, T> Write, EdmRead<T> Read);
