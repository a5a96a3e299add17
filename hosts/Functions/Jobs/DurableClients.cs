using System.Collections.Concurrent;
using BuildFunctions.FunctionsHost.Protocol;

namespace BuildFunctions.FunctionsHost.Jobs;

/// <summary>What a function with a durable client gets for it: where the extension's own gRPC server is, as the extension writes it. None before the job host runs.</summary>
internal sealed class DurableClients
{
    private readonly ConcurrentDictionary<(string? Hub, string? Connection), string> _clients = new();

    public static (string? Hub, string? Connection) Key(FunctionBinding binding) => (binding.Text("taskHub"), binding.Text("connectionName"));

    public void Set((string? Hub, string? Connection) key, string client) => _clients[key] = client;

    public bool TryGet(Function function, out ParameterBinding[] inputs)
    {
        inputs = [.. function.DurableClients
            .Where(binding => _clients.ContainsKey(Key(binding)))
            .Select(binding => new ParameterBinding { Name = binding.Name, Data = new() { String = _clients[Key(binding)] } })];
        return inputs.Length == function.DurableClients.Count();
    }
}
