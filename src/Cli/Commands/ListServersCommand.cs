using System.Globalization;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;

namespace BuildFunctions.Cli.Commands;

internal sealed class ListServersCommand(Session session) : BfCommand("list", "List the machines and how they are", session)
{
    protected override async Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        using var broker = run.Connect();
        var servers = await broker.ServersAsync(interrupted);
        return run.Show(servers, ContractsJson.Default.ServerArray, terminal =>
        {
            var listing = new Listing("Server", "Address", Column.Text("Machine"), Column.Text("Slots"), Column.Text("State"));
            foreach (var server in servers)
            {
                var machine = server.Health is { Architecture: { } architecture } health ? $"{architecture}, {health.Cores} cores" : "";
                var slots = string.Create(CultureInfo.InvariantCulture, $"{server.Running}/{server.Slots}");
                listing.Add(server.Name, $"{server.User}@{server.Host}:{server.Port}", machine, slots, ServerText.State(server));
            }

            listing.Write(terminal);
        });
    }
}
