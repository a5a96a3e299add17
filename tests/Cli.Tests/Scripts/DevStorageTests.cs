using System.Runtime.Versioning;
using Azure;
using Azure.Storage.Blobs;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Cli.Tests.Scripts;

/// <summary>The Azurite that <c>./dev</c> starts, which is the real one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DevStorageTests : IDisposable
{
    private const string KnownKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly DevCheckout _checkout = new DevCheckout { StoragePort = Three() }.WithAzurite();

    [Fact]
    public async Task Has_a_key_of_its_own_and_goes_on_with_what_was_stored_under_the_one_that_everybody_knows()
    {
        await using (var before = await Azurite.StartAsync(Directory.CreateDirectory(Path.Combine(_checkout.Data, "azurite")).FullName))
        {
            await new BlobServiceClient(before.ConnectionString).CreateBlobContainerAsync("kept");
        }

        var (code, _, error) = await _checkout.RunAsync(_checkout.Root, "deploy", ".");
        Assert.True(code == 0, error);
        Assert.Equal(["kept"], await ContainersAsync(_checkout.Storage));
        var key = await File.ReadAllTextAsync(Path.Combine(_checkout.Data, "azurite.key"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_checkout.Data, "azurite.key")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(_checkout.Data, "azurite")));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => ContainersAsync(_checkout.Storage.Replace(key.Trim(), KnownKey, StringComparison.Ordinal)));
        Assert.Equal(403, refused.Status);

        Assert.Equal(0, (await _checkout.RunAsync(_checkout.Root, "down")).Code);
        Assert.Equal(0, (await _checkout.RunAsync(_checkout.Root, "deploy", ".")).Code);
        Assert.Equal(key, await File.ReadAllTextAsync(Path.Combine(_checkout.Data, "azurite.key")));
        Assert.Equal(["kept"], await ContainersAsync(_checkout.Storage));
        Assert.Equal(0, (await _checkout.RunAsync(_checkout.Root, "down")).Code);
    }

    public void Dispose() => _checkout.Dispose();

    private static async Task<string[]> ContainersAsync(string connection)
    {
        List<string> names = [];
        var client = new BlobServiceClient(connection, new BlobClientOptions { Retry = { MaxRetries = 0 } });
        await foreach (var container in client.GetBlobContainersAsync())
        {
            names.Add(container.Name);
        }

        return [.. names];
    }

    /// <summary>The first of three ports in a row that nobody listens on.</summary>
    private static int Three()
    {
        while (true)
        {
            var first = FreePort.Find();
            if (first < 65_000 && Enumerable.Range(first, 3).All(IsFree))
            {
                return first;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }
}
