using System.Text.Json;
using System.Text.Json.Serialization;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildServer))]
[JsonSerializable(typeof(ServerHealth))]
[JsonSerializable(typeof(SshLogin))]
internal sealed partial class ServersJson : JsonSerializerContext;
