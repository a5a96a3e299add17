using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Tests;

[Collection(nameof(KitchenSinkHost))]
public sealed class StreamTests(KitchenSinkHost kitchen)
{
    private const int Large = 100_000_000;

    private readonly HttpClient _client = kitchen.Client;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_OfHundredMegabytes_ArrivesWhole(bool chunked)
    {
        var data = RandomNumberGenerator.GetBytes(Large);
        using var request = new HttpRequestMessage(HttpMethod.Post, "upload") { Content = new ByteArrayContent(data) };
        if (chunked)
        {
            request.Headers.TransferEncodingChunked = true;
            request.Content.Headers.ContentLength = null;
        }

        using var response = await _client.SendAsync(request);
        var seen = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(Large, seen.GetProperty("size").GetInt64());
        Assert.Equal(chunked ? JsonValueKind.Null : JsonValueKind.Number, seen.GetProperty("length").ValueKind);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(data)), seen.GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task Download_OfHundredMegabytes_IsNotHeldInMemory()
    {
        using var host = Process.GetProcessById(kitchen.Host.ProcessId);
        using var response = await _client.GetAsync($"download/{Large}", HttpCompletionOption.ResponseHeadersRead);
        var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1000]);
        // Nobody reads on: a host that held the rest would have it by the end of the other request.
        var before = host.WorkingSet64;
        await _client.GetStringAsync("files/readme");
        host.Refresh();
        Assert.InRange(host.WorkingSet64 - before, long.MinValue, 50_000_000);
        var rest = new CountingStream();
        await body.CopyToAsync(rest);
        Assert.Equal(Large, rest.Length + 1000);
    }

    [Fact]
    public async Task BodyOverTheFunctionsLimit_Answers413()
    {
        using var response = await _client.PostAsync("limited", new ByteArrayContent(new byte[2000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task HeadersOverTheServersLimit_Answer431()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "request");
        request.Headers.Add("X-Large", new string('x', 20_000));
        using var response = await _client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Events_ArriveAsTheyAreSent()
    {
        await TellAsync("events-0", "one");
        using var response = await _client.GetAsync("events/events", HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("data: one", await NextAsync(events));
        await TellAsync("events-1", "two");
        Assert.Equal("data: two", await NextAsync(events));
    }

    [Fact]
    public async Task ClientThatLeaves_CancelsTheFunction()
    {
        using var leaving = new CancellationTokenSource();
        var request = _client.GetAsync("hang/leaving", leaving.Token);
        await _client.GetStringAsync("happenings/leaving-begun");
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        Assert.Equal("yes", await _client.GetStringAsync("happenings/leaving-cancelled"));
    }

    [Fact]
    public async Task TwoHundredRequests_RunAtOnce()
    {
        var names = Enumerable.Range(0, 200).Select(number => $"many{number}").ToArray();
        var requests = names.Select(name => _client.GetStringAsync($"hang/{name}")).ToArray();
        await Task.WhenAll(names.Select(name => _client.GetStringAsync($"happenings/{name}-begun")));
        await Task.WhenAll(names.Select(name => TellAsync($"{name}-go", "go")));
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal("went on", answer));
    }

    private static async Task<string?> NextAsync(StreamReader events)
    {
        var line = await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal("", await events.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        return line;
    }

    private async Task TellAsync(string name, string what) =>
        (await _client.PostAsync($"happenings/{name}?what={what}", null)).EnsureSuccessStatusCode();

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position { get => _length; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _length += count;
    }
}
