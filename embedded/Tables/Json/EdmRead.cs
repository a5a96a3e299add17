using System.Text.Json;

namespace Azure.Data.Tables.Json;

internal delegate T EdmRead<out T>(ref Utf8JsonReader reader);
