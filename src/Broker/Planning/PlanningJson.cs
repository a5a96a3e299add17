using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Broker.Planning;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildPlan))]
internal sealed partial class PlanningJson : JsonSerializerContext;
