using System.Net;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Functions.Tests.Hosting;
using BuildFunctions.Testing;

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
