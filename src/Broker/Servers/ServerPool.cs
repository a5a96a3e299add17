using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Queue;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Servers;

/// <summary>Says which servers a build may take a slot of.</summary>
public sealed class ServerPool(IServerStore servers, SlotStore slots, IOptions<ServerOptions> options, IOptions<QueueOptions> queue, TimeProvider clock)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(15);

    /// <summary>The servers that would do; null where there is none now.</summary>
    public async Task<OpenServers?> OpenAsync(AppName app, ServerNeeds? needs, CancellationToken cancellation)
    {
        var choice = await ChooseAsync(app, needs, await slots.ServersAsync(cancellation), cancellation);
        return choice.Open.Count == 0 ? null : OpenServers.Of(choice.Open.Select(known => (known.Server.Name, SlotsOf(known))));
    }

    /// <summary>Why a build was given the server.</summary>
    public async Task<string> WhyAsync(string server, AppName app, ServerNeeds? needs, CancellationToken cancellation)
    {
        var running = (await slots.ServersAsync(cancellation)).ToDictionary();
        running[server] = Math.Max(0, running.GetValueOrDefault(server) - 1);
        return (await ChooseAsync(app, needs, running, cancellation)).Why(server, app.ToString(), running);
    }

    /// <summary>For a build that was given none.</summary>
    public async Task<BrokerFailure> WhyNotAsync(AppName app, ServerNeeds? needs, CancellationToken cancellation)
    {
        var choice = await ChooseAsync(app, needs, new Dictionary<string, int>(), cancellation);
        return choice.IsHopeless
            ? new RejectedException(ErrorCode.BuildNotConfigured, choice.WhyNot(), [new FailureField("provider", "ssh"), new FailureField("hint", "bf servers list")])
            : new TransientException(ErrorCode.ProviderUnavailable, choice.WhyNot(), _pause) { NothingStarted = true };
    }

    private int SlotsOf(KnownServer known) => queue.Value.MaxConcurrentPerServer.GetValueOrDefault(known.Server.Name, known.Server.Slots);

    private async Task<ServerChoice> ChooseAsync(AppName app, ServerNeeds? needs, IReadOnlyDictionary<string, int> running, CancellationToken cancellation) =>
        ServerChoice.Of(await servers.ListAsync(cancellation), needs, app.ToString(), running, options.Value, clock.GetUtcNow());
}
