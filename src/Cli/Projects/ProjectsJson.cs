using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Cli.Projects;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RememberedApp))]
internal sealed partial class ProjectsJson : JsonSerializerContext;
