using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using BuildFunctions.Embedded.Tests.Hosting;
using BuildFunctions.Embedded.Timers;
using BuildFunctions.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BuildFunctions.Embedded.Tests.Timers;

public sealed class TimerTests
{
    private readonly FakeTime _time = new(new DateTimeOffset(2026, 3, 1, 12, 1, 0, TimeSpan.Zero));
    private readonly TimerRuns _runs;
    private readonly string _hostId = $"t{Guid.NewGuid():N}"[..24];

    public TimerTests()
    {
        _runs = new TimerRuns(_time);
    }

    [Fact]
    public async Task A_cron_timer_runs_each_time_it_is_due()
    {
        await using var host = await StartAsync<CronTimer>();

        Assert.Equal("12:05:00", await RunAfterAsync(TimeSpan.FromMinutes(4)));
        Assert.Equal("12:10:00", await RunAfterAsync(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_timer_with_a_span_from_a_setting_runs_at_start_and_then_in_that_rhythm()
    {
        await using var host = await StartAsync<EveryTimer>();

        Assert.Equal("12:01:00", await _runs.NextAsync());
        Assert.Equal("12:31:00", await RunAfterAsync(TimeSpan.FromMinutes(30)));
    }

    [Fact]
    public async Task A_timer_that_fails_runs_again_when_it_is_due()
    {
        await using var host = await StartAsync<FailingTimer>();

        Assert.Equal("12:05:00", await RunAfterAsync(TimeSpan.FromMinutes(4)));
        Assert.Equal("12:10:00", await RunAfterAsync(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_damaged_status_counts_as_none()
    {
        var container = new BlobContainerClient((await Azurite.SharedAsync()).ConnectionString, "azure-webjobs-hosts");
        await container.CreateIfNotExistsAsync();
        await container.GetBlobClient($"timers/{_hostId}/{typeof(CronTimer).FullName}.Run/status").UploadAsync(BinaryData.FromString("damaged"));
        await using var host = await StartAsync<CronTimer>();

        Assert.Equal("12:05:00", await RunAfterAsync(TimeSpan.FromMinutes(4)));
    }

    [Fact]
    public async Task Runs_missed_while_no_host_was_up_are_made_up_for_once()
    {
        await using (await StartAsync<CronTimer>())
        {
            await RunAfterAsync(TimeSpan.FromMinutes(4));
            await _time.WaitersAsync(1);
        }

        _time.Advance(TimeSpan.FromMinutes(17));
        await using var host = await StartAsync<CronTimer>();

        Assert.Equal("12:22:00 past due", await _runs.NextAsync());
        Assert.Equal("12:25:00", await RunAfterAsync(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public async Task A_timer_that_is_not_monitored_forgets_what_it_missed()
    {
        await using (await StartAsync<UnmonitoredTimer>())
        {
            await RunAfterAsync(TimeSpan.FromMinutes(4));
            await _time.WaitersAsync(1);
        }

        _time.Advance(TimeSpan.FromMinutes(17));
        await using var host = await StartAsync<UnmonitoredTimer>();

        Assert.Equal("12:25:00", await RunAfterAsync(TimeSpan.FromMinutes(3)));
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_the_rhythm_is_not_overlapped()
    {
        await using var host = await StartAsync<CronTimer>();
        _runs.Gate = TimerRuns.Closed();
        await RunAfterAsync(TimeSpan.FromMinutes(4));

        _time.Advance(TimeSpan.FromMinutes(12));
        Assert.True(_runs.IsQuiet);
        _runs.Gate.SetResult();

        Assert.Equal("12:20:00", await RunAfterAsync(TimeSpan.FromMinutes(3)));
        Assert.False(_runs.Overlapped);
    }

    [Fact]
    public async Task Of_two_hosts_one_runs_the_timers_and_the_other_takes_over_when_it_stops()
    {
        var first = await StartAsync<CronTimer>();
        await _time.WaitersAsync(1);
        await using var second = await StartAsync<CronTimer>();

        Assert.Equal("12:05:00", await RunAfterAsync(TimeSpan.FromMinutes(4)));
        await _time.WaitersAsync(1);
        Assert.True(_runs.IsQuiet);
        await first.DisposeAsync();

        Assert.Equal("12:10:00", await RunAfterAsync(TimeSpan.FromMinutes(5)));
        Assert.True(_runs.IsQuiet);
    }

    [Fact]
    public async Task A_host_that_loses_the_lease_stops_its_timers_and_makes_up_when_it_has_it_again()
    {
        await using var host = await StartAsync<CronTimer>();
        await _time.WaitersAsync(1);
        var azurite = await Azurite.SharedAsync();
        var lease = new BlobClient(azurite.ConnectionString, "azure-webjobs-hosts", $"locks/{_hostId}/timers").GetBlobLeaseClient();
        await lease.BreakAsync(TimeSpan.Zero);
        await lease.AcquireAsync(TimeSpan.FromSeconds(60));

        await _time.NoWaitersAsync();
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(_runs.IsQuiet);
        await lease.ReleaseAsync();

        Assert.Equal("12:06:00 past due", await _runs.NextAsync());
    }

    [Fact]
    public async Task A_run_cut_off_by_the_end_of_the_host_is_made_up_for()
    {
        await using (await StartAsync<CronTimer>(TimeSpan.FromMilliseconds(100)))
        {
            _runs.Gate = TimerRuns.Closed();
            await RunAfterAsync(TimeSpan.FromMinutes(4));
        }

        _runs.Gate.SetResult();
        _time.Advance(TimeSpan.FromSeconds(1));
        await using var host = await StartAsync<CronTimer>();

        Assert.Equal("12:05:01 past due", await _runs.NextAsync());
    }

    private async Task<string> RunAfterAsync(TimeSpan wait)
    {
        await _time.WaitersAsync(1);
        _time.Advance(wait);
        return await _runs.NextAsync();
    }

    private async Task<TestHost> StartAsync<T>(TimeSpan? shutdown = null)
    {
        var azurite = await Azurite.SharedAsync();
        return await TestHost.StartAsync(options =>
        {
            options.Types = [typeof(T)];
            options.Environment["AzureWebJobsStorage"] = azurite.ConnectionString;
            options.Environment["AzureFunctionsWebHost__hostid"] = _hostId;
            options.Environment["EveryHowLong"] = "00:30:00";
            options.Configure = builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(_time);
                builder.Services.AddSingleton(_runs);
                builder.Services.AddSingleton(new TimerLeaseOptions
                {
                    AskEvery = TimeSpan.FromMilliseconds(100),
                    RenewEvery = TimeSpan.FromMilliseconds(200),
                });
                if (shutdown is { } limit)
                {
                    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limit);
                }
            };
        });
    }
}
