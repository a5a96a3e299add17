using System.Text.Json.Serialization;

namespace BuildFunctions.Functions.Builds;

[JsonSerializable(typeof(string))]
internal sealed partial class WireJson : JsonSerializerContext;
