using System.Text.Json;
using BuildFunctions.Broker.Hosting;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Hosts;
using BuildFunctions.Functions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Access;

/// <summary>
/// Lets 'bf' on this machine in: writes a file with this broker's address and a token, readable by its owner alone. At the first start of a
/// broker the token is new and shown once; later the file's own token is kept while it is valid, else replaced.
/// </summary>
internal sealed partial class LocalCredentials(
    BrokerStorage storage, TokenStore tokens, BrokerUrl address, IAppHost host, IConfiguration configuration, ILogger<LocalCredentials> logger) : IHostedLifecycleService
{
    // Before anything is served or goes on.
    public Task StartingAsync(CancellationToken cancellationToken) => storage.EnsureCreatedAsync(cancellationToken);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        address.Listening = host.Addresses;
        address.Value = configuration["Broker:Url"] is { Length: > 0 } set ? new Uri(set) : host.Addresses is [var first, ..] ? Reachable(first) : address.Value;
        var isNew = !await tokens.HasAdminAsync(cancellationToken);
        if (!host.IsPrivate)
        {
            if (isNew)
            {
                await ShowAsync(await tokens.IssueAsync("first", cancellationToken));
            }

            return;
        }

        var folder = LocalBroker.Folder(name => configuration[name]);
        var file = Path.Combine(folder, LocalBroker.FileName);
        var known = Read(file);
        var token = known?.Token is { } kept && await tokens.FindAsync(kept, cancellationToken) is { Right: Right.Admin, Apps: null } ? kept : await tokens.IssueAsync("local", cancellationToken);
        if (isNew)
        {
            await ShowAsync(token);
        }

        Write(folder, file, new LocalBroker(address.Value.OriginalString.TrimEnd('/'), token));
        Written(logger, file);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A host that listens on every address is reached on this machine by its own.</summary>
    private static Uri Reachable(Uri listening) => listening.Host is "0.0.0.0" or "[::]" ? new UriBuilder(listening) { Host = "127.0.0.1" }.Uri : listening;

    private static Task ShowAsync(string token) =>
        Console.Out.WriteLineAsync($"Admin token (shown once; 'bf' on the broker's own machine has it already): {token}");

    private static LocalBroker? Read(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), ContractsJson.Default.LocalBroker);
        }
        catch (JsonException)
        {
            // Half a file of an interrupted write is as good as none.
            return null;
        }
    }

    private static void Write(string folder, string file, LocalBroker broker)
    {
        Directory.CreateDirectory(folder);
        var draft = $"{file}.new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(draft, options))
        {
            JsonSerializer.Serialize(stream, broker, ContractsJson.Default.LocalBroker);
        }

        File.Move(draft, file, overwrite: true);
    }

    [LoggerMessage(1, LogLevel.Debug, "Wrote {File}")]
    private static partial void Written(ILogger logger, string file);
}
