using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using BuildFunctions.Engine.Hub;
using BuildFunctions.Engine.Storage;
using BuildFunctions.Engine.Storage.Transport;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Engine.Tests.Storage;

public sealed class StorageAccountTests
{
    private const string Name = "AzureWebJobsStorage";

    [Fact]
    public void A_connection_string_goes_first()
    {
        var account = Read(
            (Name, "AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:2/a"), ($"{Name}:accountName", "other"));

        Assert.Equal(("http://127.0.0.1:1/a", "http://127.0.0.1:2/a"), Addresses(account));
    }

    [Fact]
    public void An_account_is_found_by_name_or_by_its_addresses()
    {
        Assert.Equal(("https://shop.table.core.windows.net/", "https://shop.blob.core.windows.net/"), Addresses(Read(($"{Name}:accountName", "shop"))));
        Assert.Equal(
            ("https://t.example/", "https://b.example/"), Addresses(Read(($"{Name}:tableServiceUri", "https://t.example"), ($"{Name}:blobServiceUri", "https://b.example"))));
    }

    [Fact]
    public void Nothing_is_named_as_what_is_missing() =>
        Assert.Contains($"{Name}__accountName", Assert.Throws<InvalidOperationException>(() => Read(($"{Name}:blobServiceUri", "https://b.example"))).Message);

    [Fact]
    public async Task An_identity_sends_its_token_with_every_request()
    {
        using var seen = new Recorder();
        using var client = new HttpClient(seen);
        var account = Read(($"{Name}:accountName", "shop"));
        var transport = new AzureTransport(new HubStorageOptions
        {
            Account = new StorageAccount(
                options => account.Tables(Through(options)), options => account.Blobs(Through(options))),
        });
        await transport.CreateAsync(CancellationToken.None);

        Assert.Equal(["shop.blob.core.windows.net", "shop.table.core.windows.net"], seen.Requests.Select(request => request.Host).Distinct().Order());
        Assert.All(seen.Requests, request => Assert.Equal("Bearer of-a-test", request.Authorization));

        T Through<T>(T options) where T : ClientOptions
        {
            options.Transport = new HttpClientTransport(client);
            return options;
        }
    }

    private static StorageAccount Read(params (string Key, string Value)[] settings) => StorageAccount.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build(), new GivenToken());

    private static (string Tables, string Blobs) Addresses(StorageAccount account) => ($"{account.Tables(new()).Uri}", $"{account.Blobs(new()).Uri}");

    private sealed class GivenToken : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("of-a-test", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            ValueTask.FromResult(GetToken(requestContext, cancellationToken));
    }

    /// <summary>Stands for storage: everything is created.</summary>
    private sealed class Recorder : HttpMessageHandler
    {
        private readonly List<(string Host, string? Authorization)> _requests = [];

        public IReadOnlyList<(string Host, string? Authorization)> Requests => _requests;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (_requests)
            {
                _requests.Add((request.RequestUri!.Host, request.Headers.Authorization?.ToString()));
            }

            var answer = new HttpResponseMessage(HttpStatusCode.Created) { Content = new ByteArrayContent([]), RequestMessage = request };
            answer.Headers.ETag = new("\"1\"");
            answer.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
            return Task.FromResult(answer);
        }
    }
}
