using Azure.Core.Pipeline;
using Azure.Data.Tables;
using BuildFunctions.Testing;

namespace BuildFunctions.Embedded.Tables.Tests;

/// <summary>A table of its own for a test, in the Azurite that all share.</summary>
internal sealed class TestTable : IAsyncDisposable
{
    private TestTable(Azurite azurite, string name, TableClient client) => (Azurite, Name, Client) = (azurite, name, client);

    public Azurite Azurite { get; }

    public string Name { get; }

    public TableClient Client { get; }

    public static async Task<TestTable> CreateAsync()
    {
        var azurite = await Azurite.SharedAsync();
        var name = $"t{Guid.NewGuid():N}";
        var client = new TableClient(azurite.ConnectionString, name);
        await client.CreateAsync();
        return new TestTable(azurite, name, client);
    }

    /// <summary>The same table through a handler that makes trouble.</summary>
    public TableClient Through(HttpMessageHandler handler, Action<TableClientOptions>? configure = null)
    {
        var options = new TableClientOptions { Transport = new HttpClientTransport(handler) };
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        configure?.Invoke(options);
        return new TableClient(Azurite.ConnectionString, Name, options);
    }

    public async ValueTask DisposeAsync() => await Client.DeleteAsync();
}
