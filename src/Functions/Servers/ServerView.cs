using BuildFunctions.Broker.Servers;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Functions.Wire;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Functions.Servers;

/// <summary>Servers as the API shows them.</summary>
internal static class ServerView
{
    public static Server Of(KnownServer known, IReadOnlyDictionary<string, int> running)
    {
        var server = known.Server;
        return new()
        {
            Id = server.Id,
            Name = server.Name,
            Host = server.Address.Host,
            Port = server.Address.Port,
            User = server.Address.User,
            HostKey = server.HostKey,
            Architectures = server.Architectures,
            Labels = server.Labels,
            Slots = server.Slots,
            Running = running.GetValueOrDefault(server.Name),
            WorkspaceRoot = server.WorkspaceRoot,
            Drained = server.Drained,
            DrainReason = server.DrainReason,
            CreatedAt = server.CreatedAt,
            Health = known.Health,
        };
    }

    public static IResult NotThere(string name) => Answers.NotThere($"There is no build server '{name}'. 'bf servers list' shows what there is.");
}
