using System.Diagnostics.Tracing;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Core.Diagnostics;
using Azure.Data.Tables;

namespace BuildFunctions.Embedded.Tables.Tests;

public sealed class AuthTests
{
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static readonly string _wrongKey = Convert.ToBase64String(new byte[64]);

    [Fact]
    public async Task The_wrong_key_is_forbidden_until_the_right_one_is_set()
    {
        await using var table = await TestTable.CreateAsync();
        var credential = new TableSharedKeyCredential(Account, _wrongKey);
        var client = new TableClient(Endpoint(table), table.Name, credential);

        var exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.AddEntityAsync(new TableEntity("p", "r")));
        credential.SetAccountKey(Key);
        await client.AddEntityAsync(new TableEntity("p", "r"));

        Assert.Equal(403, exception.Status);
        Assert.DoesNotContain(_wrongKey, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_lets_through_what_it_is_for()
    {
        await using var table = await TestTable.CreateAsync();
        await table.Client.AddEntityAsync(new TableEntity("p", "it's 😀"));
        var sas = Sas("r", DateTimeOffset.UtcNow.AddHours(1));
        TableClient[] clients =
        [
            new(new Uri($"{Endpoint(table)}/{table.Name}"), new AzureSasCredential(sas)),
            new(new Uri($"{Endpoint(table)}/{table.Name}?{sas}")),
            new TableServiceClient(Endpoint(table), new AzureSasCredential("?" + sas)).GetTableClient(table.Name),
            new($"TableEndpoint={Endpoint(table)};SharedAccessSignature={sas}", table.Name),
        ];

        foreach (var client in clients)
        {
            Assert.Equal((table.Name, Account), (client.Name, client.AccountName));
            Assert.Equal($"{Endpoint(table)}/{table.Name}", client.Uri.ToString());
            Assert.Single(await client.QueryAsync<TableEntity>("PartitionKey eq 'p'").ToListAsync());
            var exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.AddEntityAsync(new TableEntity("p", "r")));
            Assert.Equal(403, exception.Status);
        }
    }

    [Fact]
    public async Task A_signature_that_is_over_or_forged_is_forbidden()
    {
        await using var table = await TestTable.CreateAsync();
        var over = Sas("r", DateTimeOffset.UtcNow.AddHours(-1));
        var forged = Sas("r", DateTimeOffset.UtcNow.AddHours(1)).Replace("sp=r", "sp=rwd", StringComparison.Ordinal);
        foreach (var sas in (string[])[over, forged])
        {
            var client = new TableClient(new Uri($"{Endpoint(table)}/{table.Name}"), new AzureSasCredential(sas));
            var exception = await Assert.ThrowsAsync<RequestFailedException>(() => client.GetEntityAsync<TableEntity>("p", "r"));
            Assert.Equal(403, exception.Status);
            Assert.DoesNotContain("sig=", exception.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_retry_goes_to_the_address_with_one_signature()
    {
        await using var table = await TestTable.CreateAsync();
        var sas = Sas("a", DateTimeOffset.UtcNow.AddHours(1));
        using var handler = new FaultyHandler((n, send, _) =>
            n == 1 ? Task.FromResult(new HttpResponseMessage(System.Net.HttpStatusCode.ServiceUnavailable)) : send());
        var options = new TableClientOptions { Transport = new Azure.Core.Pipeline.HttpClientTransport(handler) };
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        var client = new TableClient(new Uri($"{Endpoint(table)}/{table.Name}"), new AzureSasCredential(sas), options);

        Assert.Equal(204, (await client.AddEntityAsync(new TableEntity("p", "r"))).Status);
        Assert.Equal(2, handler.Requests);
    }

    [Fact]
    public async Task Neither_the_key_nor_a_signature_gets_into_the_log()
    {
        await using var table = await TestTable.CreateAsync();
        var sas = Sas("r", DateTimeOffset.UtcNow.AddHours(1));
        var log = new StringBuilder();
        using (new AzureEventSourceListener((_, message) => { lock (log) { log.AppendLine(message); } }, EventLevel.LogAlways))
        {
            await table.Client.UpsertEntityAsync(new TableEntity("p", "logged row"));
            var client = new TableClient(new Uri($"{Endpoint(table)}/{table.Name}"), new AzureSasCredential(sas));
            await client.GetEntityAsync<TableEntity>("p", "logged row");
        }

        var text = log.ToString();
        Assert.Contains(table.Name, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, text, StringComparison.Ordinal);
        Assert.DoesNotContain("SharedKeyLite", text, StringComparison.Ordinal);
        Assert.DoesNotContain(sas.Split("sig=")[1], text, StringComparison.Ordinal);
    }

    private static Uri Endpoint(TestTable table) => new($"http://127.0.0.1:{table.Azurite.TablePort}/{Account}");

    private static string Sas(string permissions, DateTimeOffset expiry)
    {
        var end = expiry.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var text = $"{Account}\n{permissions}\nt\nsco\n\n{end}\n\nhttps,http\n2019-02-02\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Key), Encoding.UTF8.GetBytes(text)));
        return $"sv=2019-02-02&ss=t&srt=sco&sp={permissions}&se={Uri.EscapeDataString(end)}&spr=https,http"
            + $"&sig={Uri.EscapeDataString(signature)}";
    }
}
