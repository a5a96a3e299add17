using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Activities.Failures;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActivityFailure))]
internal sealed partial class ActivitiesJson : JsonSerializerContext;
