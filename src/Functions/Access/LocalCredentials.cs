using System.Text.Json;
using BuildFunctions.Broker.Hosting;
using BuildFunctions.Broker.Storage;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Access;
using BuildFunctions.Contracts.Hosts;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Access;

/// <summary>
/// Lets 'bf' on this machine in: writes a file with this broker's address and a token, readable by its owner alone. At the first start of a
/// broker the token is new and shown once; later the file's own token is kept while it is valid, else replaced.
/// </summary>
internal sealed partial class LocalCredentials(
    BrokerStorage storage, TokenStore tokens, BrokerUrl address, IServiceProvider services, IConfiguration configuration, ILogger<LocalCredentials> logger) : IHostedLifecycleService
{
    // Before anything is served or goes on.
    public Task StartingAsync(CancellationToken cancellationToken) => storage.EnsureCreatedAsync(cancellationToken);

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var listening = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if ((configuration["Broker:Url"] ?? listening) is not { } url)
        {
            return;
        }

        url = url.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal).Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        address.Value = new Uri(url);
        var first = !await tokens.HasAdminAsync(cancellationToken);
        if (Reach.IsBehindFunctionsHost(configuration))
        {
            if (first)
            {
                await ShowAsync(await tokens.IssueAsync("first", cancellationToken));
            }

            return;
        }

        var folder = LocalBroker.Folder(name => configuration[name]);
        var file = Path.Combine(folder, LocalBroker.FileName);
        var known = Read(file);
        var token = known?.Token is { } kept && await tokens.FindAsync(kept, cancellationToken) is { Right: Right.Admin, Apps: null } ? kept : await tokens.IssueAsync("local", cancellationToken);
        if (first)
        {
            await ShowAsync(token);
        }

        Write(folder, file, new LocalBroker(url, token));
        Written(logger, file);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
