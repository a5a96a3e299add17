using BuildFunctions.Embedded.Tests.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Hosting;

public sealed class DrainTests
{
    private readonly Signals _signals = new();

    [Fact]
    public async Task A_running_request_is_finished_while_the_host_stops()
    {
        await using var host = await StartAsync(TimeSpan.FromSeconds(60));
        var answer = host.Client.GetStringAsync("/api/Wait");
        await _signals.Entered.Task;

        var stopping = host.Host.StopAsync();
        _signals.Released.SetResult();

        Assert.Equal("released", await answer);
        await stopping;
        using var late = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(() => late.GetAsync(new Uri(host.Address, "/api/Wait")));
    }

    [Fact]
    public async Task A_request_that_outlasts_the_shutdown_is_cancelled()
    {
        await using var host = await StartAsync(TimeSpan.FromMilliseconds(100));
        var answer = host.Client.GetStringAsync("/api/Wait");
        await _signals.Entered.Task;

        await host.Host.StopAsync();

        await _signals.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<HttpRequestException>(() => answer);
    }

    [Fact]
    public async Task A_caller_that_goes_away_cancels_the_function()
    {
        await using var host = await StartAsync(TimeSpan.FromSeconds(60));
        await using (var raw = await RawConnection.OpenAsync(host.Address))
        {
            await raw.SendAsync("GET /api/Wait HTTP/1.1\r\nHost: a\r\n\r\n");
            await _signals.Entered.Task;
        }

        await _signals.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private Task<TestHost> StartAsync(TimeSpan shutdown) => TestHost.StartAsync(options =>
    {
        options.Types = [typeof(WaitingFunctions)];
        options.Configure = builder =>
        {
            builder.Services.AddSingleton(_signals);
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = shutdown);
        };
    });
}
