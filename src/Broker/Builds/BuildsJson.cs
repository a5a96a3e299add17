using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Contracts.Builds;

namespace BuildFunctions.Broker.Builds;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildOrder))]
[JsonSerializable(typeof(ReceivedSource))]
[JsonSerializable(typeof(TimelineEntry))]
internal sealed partial class BuildsJson : JsonSerializerContext;
