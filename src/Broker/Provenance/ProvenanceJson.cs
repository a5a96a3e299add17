using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Broker.Provenance;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredKey[]))]
internal sealed partial class ProvenanceJson : JsonSerializerContext;
