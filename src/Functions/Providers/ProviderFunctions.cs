using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Secrets.Credentials;
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

public sealed class ProviderFunctions(ProviderRegistry providers, ProviderCredentials credentials, SettingsStore settings)
{
    [Function("ListProviders")]
    [Endpoint("Where builds can run", Needs = Right.Read, Scoped = true, Response = typeof(ProviderState[]))]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/providers")] HttpRequest request, CancellationToken cancellation)
    {
        var preferred = await settings.DefaultProviderAsync(cancellation);
        var names = providers.Names.Union((await credentials.ListAsync(cancellation)).Select(stored => stored.Name)).Order(StringComparer.Ordinal);
        var states = await Task.WhenAll(names.Select(name => DescribeAsync(name, preferred, cancellation)));
        return Answers.Json(states, ContractsJson.Default.ProviderStateArray);
    }

    [Function("ReadProvider")]
    [Endpoint("One provider; credentials are never shown", Needs = Right.Read, Scoped = true, Response = typeof(ProviderState))]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/providers/{name}")] HttpRequest request, string name, CancellationToken cancellation) =>
        providers.TryFind(name, out _) || await credentials.FindAsync(name, cancellation) is not null
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
    public async Task<IResult> ConfigureAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/providers/{name}")] HttpRequest request, string name, CancellationToken cancellation)
    {
        if (!ProviderCredentials.IsKnown(name))
        {
            return name == "local" ? NoCredentials() : Answers.NotThere($"No provider '{name}' takes credentials. There are {ProviderCredentials.Names}.");
        }

        var update = await request.ReadJsonAsync(ContractsJson.Default.ProviderUpdate, cancellation);
        if (update is { Token: null, Settings: null })
        {
            throw RequestBody.Invalid("token", "Send a token, settings, or both: {\"token\": \"…\"}.");
        }

        await credentials.SetAsync(name, update.Token, update.Settings, cancellation);
        return Answers.Json(await DescribeAsync(name, await settings.DefaultProviderAsync(cancellation), cancellation), ContractsJson.Default.ProviderState);
    }

    private async Task<ProviderState> DescribeAsync(string name, string? preferred, CancellationToken cancellation)
    {
        var stored = await credentials.FindAsync(name, cancellation);
        var health = providers.TryFind(name, out var provider)
            ? await provider.CheckAsync(cancellation)
            : new ProviderHealth(false, "Its credentials are kept; this broker has no such provider yet.");
        var shown = stored?.Settings.ToDictionary() ?? [];
        if (health.Reason is { } reason)
        {
            shown["reason"] = reason;
        }

        var circuit = provider is null ? null : providers.CircuitOf(name);
        return new ProviderState
        {
            Name = name,
            Circuit = circuit is null ? null : new ProviderCircuit(circuit.Open, circuit.Failures, circuit.Reason, circuit.NextTry),
            Configured = health.Ready,
            Default = name == preferred || (preferred is null && name == providers.Only),
            UpdatedAt = stored?.UpdatedAt,
            Settings = shown,
        };
    }

    private static ProblemResult NoCredentials() => new(ProblemMapper.Invalid(
        new ValidationFault("token", "The provider 'local' has no credentials; its settings are the broker's own (Local__…).")));

    private static IResult Unknown(string name) => Answers.NotThere($"There is no provider '{name}' in this broker. 'bf config list' shows what there is.");
}
