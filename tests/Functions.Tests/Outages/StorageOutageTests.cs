using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BuildFunctions.Functions.Tests.Outages;

public sealed class StorageOutageTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("bf-outage-");

    private Azurite _azurite = null!;
    private BrokerHost _host = null!;

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartAsync(_data.FullName);
        _host = await BrokerHost.StartAsync(environment =>
        {
            environment["AzureWebJobsStorage"] = _azurite.ConnectionString;
            environment["Storage__Timeout"] = "00:00:01";
        });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _azurite.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_build_goes_on_while_its_log_cannot_be_stored_and_the_log_is_whole_afterwards()
    {
        var (went, stop) = (Path.Combine(_host.Folder, "went"), Path.Combine(_host.Folder, "stop"));
        var command = $"i=0; while [ ! -e '{stop}' ]; do i=$((i+1)); echo \"line $i\"; echo $i > '{went}'; sleep 0.02; done; echo \"last $i\"; {Api.MakePage}";
        var build = await _host.Http.StartAsync(command);
        await _host.Http.UntilPhaseAsync(build, BuildPhase.Building);
        await UntilAsync(went, lines => lines > 20);

        await _azurite.DisposeAsync();
        var at = await UntilAsync(went, lines => lines > 0);
        await UntilAsync(went, lines => lines > at + 100);
        _azurite = await Azurite.StartAsync(_data.FullName, _azurite.BlobPort, _azurite.TablePort);
        await File.WriteAllTextAsync(stop, "");
        var ended = await _host.Http.EndOfAsync(build);

        Assert.True(ended.Status == BuildStatus.Success, ended.Error?.Detail);
        Assert.Equal(1, ended.Attempt);
        var log = (await _host.Http.GetStringAsync($"/api/builds/{build.Id}/logs")).Split('\n');
        var last = int.Parse(Assert.Single(log, line => line.StartsWith("last ", StringComparison.Ordinal))[5..]);
        Assert.Equal(Enumerable.Range(1, last).Select(number => $"line {number}"), log.Where(line => line.StartsWith("line ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Storage_that_does_not_answer_is_told_with_when_to_come_back_and_the_build_waits()
    {
        var build = await _host.Http.TriggerAsync();

        _azurite.Stall();
        using (var stalled = await _host.Http.UploadAsync(build, TestSource.Page()))
        {
            await stalled.ProblemAsync(HttpStatusCode.ServiceUnavailable, ErrorCode.StorageUnavailable);
            Assert.NotNull(stalled.Headers.RetryAfter?.Delta);
        }

        _azurite.GoOn();
        using var sent = await _host.Http.UploadAsync(build, TestSource.Page());
        await sent.BuildAsync();
        Assert.Equal(BuildStatus.Success, (await _host.Http.EndOfAsync(build)).Status);
    }

    [Fact]
    public async Task Readiness_answers_within_a_second_that_storage_is_away()
    {
        await UntilStatusAsync(_host, HttpStatusCode.OK);
        await _azurite.DisposeAsync();
        for (var time = 0; time < 3; time++)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            using var answer = await _host.Stranger.GetAsync("/readyz", limit.Token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains("storage does not answer", await answer.Content.ReadAsStringAsync(limit.Token));
        }

        _azurite = await Azurite.StartAsync(_data.FullName, _azurite.BlobPort, _azurite.TablePort);
        await UntilStatusAsync(_host, HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_outage_is_one_line_of_the_log_when_it_begins_and_one_when_it_is_over()
    {
        LogLines log = new();
        await using var broker = await StartAsync(log);
        await UntilStatusAsync(broker, HttpStatusCode.OK);
        await _azurite.DisposeAsync();
        for (var time = 0; time < 5; time++)
        {
            using var refused = await broker.Http.GetAsync("/api/builds");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        _azurite = await Azurite.StartAsync(_data.FullName, _azurite.BlobPort, _azurite.TablePort);
        await log.UntilAsync("Storage answers again");

        Assert.Single(log.All, line => line.Contains("Storage does not answer", StringComparison.Ordinal));
        Assert.Single(log.All, line => line.Contains("Storage answers again", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    private Task<BrokerHost> StartAsync(LogLines log) => BrokerHost.StartAsync(
        environment =>
        {
            environment["AzureWebJobsStorage"] = _azurite.ConnectionString;
            environment["Storage__Timeout"] = "00:00:01";
            environment["Logging__LogLevel__Default"] = "Information";
        },
        services => services.AddSingleton<ILoggerProvider>(log));

    private static async Task UntilStatusAsync(BrokerHost broker, HttpStatusCode status)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var answer = await broker.Stranger.GetAsync("/readyz", deadline.Token);
            if (answer.StatusCode == status)
            {
                return;
            }

            await Task.Delay(20, deadline.Token);
        }
    }

    private static async Task<int> UntilAsync(string file, Predicate<int> enough)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (File.Exists(file) && int.TryParse(await File.ReadAllTextAsync(file, deadline.Token), out var number) && enough(number))
            {
                return number;
            }

            await Task.Delay(20, deadline.Token);
        }
    }
}
