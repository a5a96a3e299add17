using System.Text.Json;
using System.Text.Json.Serialization;

namespace BuildFunctions.Cli.Tests.Fakes;

[JsonSerializable(typeof(JsonElement))]
internal sealed partial class FakeJson : JsonSerializerContext;
