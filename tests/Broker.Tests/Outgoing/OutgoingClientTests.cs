using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BuildFunctions.Broker.Outgoing;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Tests.Outgoing;

public sealed class OutgoingClientTests
{
    private const string Inside = "127.0.0.1";

    [Fact]
    public async Task The_checked_address_is_called_with_the_name_that_was_asked_for()
    {
        ConcurrentQueue<string> hosts = [];
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            hosts.Enqueue(context.Request.Host.Value!);
            return context.Response.WriteAsync("hello");
        });

        var answer = await SendAsync(server, Get(server, "/"), new FixedResolver(Inside));

        Assert.Equal(200, answer.Status);
        Assert.Equal("hello"u8.ToArray(), answer.Body);
        Assert.Equal([$"hooks.test:{server.Port}"], hosts);
    }

    [Fact]
    public async Task A_name_that_changes_its_mind_is_looked_up_once()
    {
        var resolver = new FixedResolver("203.0.114.1", Inside);
        ConcurrentQueue<string> connected = [];
        OutgoingOptions options = new();
        using var client = new OutgoingClient(new(options, resolver, new(() => [])), options, TimeProvider.System, Connect, trust: null);

        var answer = await client.SendAsync(new(HttpMethod.Get, "https://rebinding.test/"), CancellationToken.None);

        Assert.Equal(["203.0.114.1:443"], connected);
        Assert.Equal(1, resolver.Asked);
        Assert.Null(answer.Status);
        Assert.Equal(OutgoingGuard.Unreachable, answer.Failure);

        // Nothing but this machine is ever called by tests.
        ValueTask<Stream> Connect(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
        {
            connected.Enqueue($"{string.Join(',', addresses)}:{port}");
            throw new SocketException((int)SocketError.ConnectionRefused);
        }
    }

    [Fact]
    public async Task Each_hop_of_a_redirect_is_checked_and_one_that_leads_inside_is_not_taken()
    {
        var inner = 0;
        await using var hidden = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref inner);
            return context.Response.WriteAsync("secret");
        });
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect($"http://127.0.0.1:{hidden.Port}/");
            return Task.CompletedTask;
        });

        var answer = await SendAsync(server, Get(server, "/") with { FollowRedirects = true }, new FixedResolver(Inside));

        Assert.Equal(OutgoingGuard.Unreachable, answer.Failure);
        Assert.Equal(0, inner);
    }

    [Fact]
    public async Task Credentials_stay_with_the_first_host()
    {
        ConcurrentQueue<string> seen = [];
        LoopbackServer? server = null;
        await using var _ = server = await LoopbackServer.StartAsync(context =>
        {
            seen.Enqueue($"{context.Request.Path} {context.Request.Headers.Authorization}");
            if (context.Request.Path == "/1")
            {
                context.Response.Redirect("/2");
            }
            else if (context.Request.Path == "/2")
            {
                context.Response.Redirect($"http://other.test:{server!.Port}/3");
            }

            return Task.CompletedTask;
        });
        OutgoingOptions options = new() { AllowedHosts = [$"http://hooks.test:{server.Port}", $"http://other.test:{server.Port}"] };
        using var client = Client(options, new FixedResolver(Inside));

        var answer = await client.SendAsync(Get(server, "/1") with { FollowRedirects = true, Authorization = "Bearer t" }, CancellationToken.None);

        Assert.Equal(200, answer.Status);
        Assert.Equal(["/1 Bearer t", "/2 Bearer t", "/3 "], seen);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end_after_five()
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.Redirect("/");
            return Task.CompletedTask;
        });

        var answer = await SendAsync(server, Get(server, "/") with { FollowRedirects = true }, new FixedResolver(Inside));

        Assert.Null(answer.Status);
        Assert.Equal(6, calls);
    }

    [Fact]
    public async Task A_redirect_is_an_answer_where_redirects_are_not_followed()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });

        Assert.Equal(302, (await SendAsync(server, Get(server, "/"), new FixedResolver(Inside))).Status);
    }

    [Fact]
    public async Task An_answer_without_end_is_read_up_to_what_is_kept()
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
            }
        });

        Assert.Equal(2000, (await SendAsync(server, Get(server, "/") with { Keep = 2000 }, new FixedResolver(Inside))).Body.Length);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("dripping")]
    public async Task A_slow_answer_ends_at_the_deadline(string how)
    {
        await using var server = await LoopbackServer.StartAsync(async context =>
        {
            if (how == "dripping")
            {
                await context.Response.Body.WriteAsync(new byte[10]);
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        using var client = Client(Listing(server, TimeSpan.FromMilliseconds(300)), new FixedResolver(Inside));

        Assert.Equal(OutgoingGuard.Unreachable, (await client.SendAsync(Get(server, "/"), CancellationToken.None)).Failure);
    }

    [Fact]
    public async Task A_packed_answer_is_not_unpacked()
    {
        await using var server = await LoopbackServer.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return context.Response.Body.WriteAsync("not gzip"u8.ToArray()).AsTask();
        });

        Assert.Equal("not gzip"u8.ToArray(), (await SendAsync(server, Get(server, "/"), new FixedResolver(Inside))).Body);
    }

    [Fact]
    public async Task A_closed_port_an_unknown_name_and_an_inner_address_sound_the_same()
    {
        var server = await LoopbackServer.StartAsync(_ => Task.CompletedTask);
        var options = Listing(server, TimeSpan.FromSeconds(5));
        var closed = Get(server, "/");
        await server.DisposeAsync();
        using var refused = Client(options, new FixedResolver(Inside));
        using var unknown = Client(options, new FixedResolver());
        using var inner = Client(new() { Ports = [443] }, new FixedResolver("10.0.0.1"));

        Assert.Equal(OutgoingGuard.Unreachable, (await refused.SendAsync(closed, CancellationToken.None)).Failure);
        Assert.Equal(OutgoingGuard.Unreachable, (await unknown.SendAsync(closed, CancellationToken.None)).Failure);
        Assert.Equal(OutgoingGuard.Unreachable, (await inner.SendAsync(new(HttpMethod.Get, "https://inner.test/"), CancellationToken.None)).Failure);
    }

    private static async Task<OutgoingAnswer> SendAsync(LoopbackServer server, OutgoingRequest request, FixedResolver resolver)
    {
        using var client = Client(Listing(server, TimeSpan.FromSeconds(20)), resolver);
        return await client.SendAsync(request, CancellationToken.None);
    }

    private static OutgoingRequest Get(LoopbackServer server, string path) => new(HttpMethod.Get, $"http://hooks.test:{server.Port}{path}");

    private static OutgoingOptions Listing(LoopbackServer server, TimeSpan timeout) => new() { AllowedHosts = [$"http://hooks.test:{server.Port}"], Timeout = timeout };

    private static OutgoingClient Client(OutgoingOptions options, FixedResolver resolver) =>
        new(new(options, resolver, new(() => [])), options, TimeProvider.System);
}
