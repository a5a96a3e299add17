using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Broker.Compute;

namespace BuildFunctions.Broker.Reconciliation;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunHandle))]
internal sealed partial class ReconciliationJson : JsonSerializerContext;
