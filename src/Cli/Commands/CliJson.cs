using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Cli.Following;
using BuildFunctions.Cli.Projects;

namespace BuildFunctions.Cli.Commands;

/// <summary>What <c>--json</c> writes beyond the wire records.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildEvent))]
[JsonSerializable(typeof(Explanation))]
[JsonSerializable(typeof(Detection))]
[JsonSerializable(typeof(VersionAnswer))]
[JsonSerializable(typeof(SignIn))]
internal sealed partial class CliJson : JsonSerializerContext;
