using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Broker.Cache;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CacheEntry))]
[JsonSerializable(typeof(KeyHistory))]
internal sealed partial class CacheJson : JsonSerializerContext;
