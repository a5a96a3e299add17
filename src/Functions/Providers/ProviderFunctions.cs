using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Settings;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Providers;
using BuildFunctions.Functions.Catalog;
using BuildFunctions.Functions.Problems;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Providers;

public sealed class ProviderFunctions(ProviderRegistry providers, SettingsStore settings)
{
    [Function("ListProviders")]
    [Endpoint("Where builds can run", Needs = Right.Read, Scoped = true, Response = typeof(ProviderState[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/providers")] HttpRequest request, CancellationToken cancellation)
    {
        var preferred = await settings.DefaultProviderAsync(cancellation);
        var states = await Task.WhenAll(providers.Names.Order(StringComparer.Ordinal).Select(name => DescribeAsync(name, preferred, cancellation)));
        return Answers.Json(states, ContractsJson.Default.ProviderStateArray);
    }

    [Function("ReadProvider")]
    [Endpoint("One provider; credentials are never shown", Needs = Right.Read, Scoped = true, Response = typeof(ProviderState))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/providers/{name}")] HttpRequest request, string name, CancellationToken cancellation) =>
        providers.TryFind(name, out _)
            ? Answers.Json(await DescribeAsync(name, await settings.DefaultProviderAsync(cancellation), cancellation), ContractsJson.Default.ProviderState)
            : Unknown(name);

    [Function("SetDefaultProvider")]
    [Endpoint("Choose the provider of builds that name none", Needs = Right.Admin, Request = typeof(DefaultProvider), Response = typeof(ProviderState))]
    public async Task<IResult> SetDefaultAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/providers/default")] HttpRequest request, CancellationToken cancellation)
    {
        var choice = await request.ReadJsonAsync(ContractsJson.Default.DefaultProvider, cancellation);
        if (string.IsNullOrEmpty(choice.Name))
        {
            throw RequestBody.Invalid("name", "Say which provider: {\"name\": \"local\"}.");
        }

        if (!providers.TryFind(choice.Name, out _))
        {
            return Unknown(choice.Name);
        }

        await settings.SetDefaultProviderAsync(choice.Name, cancellation);
        return Answers.Json(await DescribeAsync(choice.Name, choice.Name, cancellation), ContractsJson.Default.ProviderState);
    }

    [Function("ConfigureProvider")]
    [Endpoint("Set a provider's settings and credentials", Needs = Right.Admin, Request = typeof(ProviderUpdate), Response = typeof(ProviderState))]
    public static IResult Configure([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/providers/{name}")] HttpRequest request, string name) =>
        name == "local"
            ? new ProblemResult(ProblemMapper.Invalid(new ValidationFault("token", "The provider 'local' has no credentials; its settings are the broker's own (Local__…).")))
            : Unknown(name);

    private async Task<ProviderState> DescribeAsync(string name, string? preferred, CancellationToken cancellation)
    {
        var health = await providers.Find(name).CheckAsync(cancellation);
        var circuit = providers.CircuitOf(name);
        return new ProviderState
        {
            Name = name,
            Circuit = new ProviderCircuit(circuit.Open, circuit.Failures, circuit.Reason, circuit.NextTry),
            Configured = health.Ready,
            Default = name == preferred || (preferred is null && providers.Names.Count == 1),
            Settings = health.Reason is { } reason ? new Dictionary<string, string> { ["reason"] = reason } : [],
        };
    }

    private static IResult Unknown(string name) => Answers.NotThere($"There is no provider '{name}' in this broker. 'bf config list' shows what there is.");
}
