using BuildFunctions.Embedded.Discovery;
using BuildFunctions.Embedded.Invocation;
using BuildFunctions.Embedded.Tests.Hosting;
using BuildFunctions.Embedded.Triggers;
using Microsoft.Extensions.DependencyInjection;

namespace BuildFunctions.Embedded.Tests.Invocation;

public sealed class ExtensionTests
{
    private readonly Trail _trail = new();

    [Fact]
    public async Task An_extension_invokes_its_functions_on_its_own_scheduler()
    {
        await using var host = await StartAsync();
        var function = Assert.Single(host.Host.Services.GetRequiredService<FunctionCatalog>().Functions);
        var invoker = host.Host.Services.GetRequiredService<FunctionInvoker>();
        var scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        _trail.Scheduler = scheduler;

        var result = await Task.Factory.StartNew(
            () => invoker.InvokeAsync(function, "abc", default), CancellationToken.None, TaskCreationOptions.None, scheduler).Unwrap();

        Assert.Equal("abc 3 Take", result);
        Assert.Equal(["on the caller's scheduler: True"], _trail.Steps);
    }

    [Fact]
    public async Task An_extension_describes_its_functions()
    {
        await using var host = await StartAsync();

        Assert.Contains("  Take: queue", host.Output.ToString());
    }

    private Task<TestHost> StartAsync() => TestHost.StartAsync(options =>
    {
        options.Types = [typeof(QueueFunctions)];
        options.Configure = builder =>
        {
            builder.Services.AddSingleton(_trail);
            builder.Services.AddSingleton<ITriggerKind, QueueTrigger>();
        };
    });
}
