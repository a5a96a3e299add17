using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Broker.Artifacts;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReleaseIndex))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
