using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Contracts.Jobs;

namespace BuildFunctions.Contracts;

/// <summary>Jobs have names with underscores, as in the API that they are taken from.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildJobRequest))]
[JsonSerializable(typeof(BuildJob))]
[JsonSerializable(typeof(BuildJob[]))]
public sealed partial class JobsJson : JsonSerializerContext;
