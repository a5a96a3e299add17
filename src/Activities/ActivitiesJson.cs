using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Activities.Failures;

namespace BuildFunctions.Activities;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActivityFailure))]
internal sealed partial class ActivitiesJson : JsonSerializerContext;
