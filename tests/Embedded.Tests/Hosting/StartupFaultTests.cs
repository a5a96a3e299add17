using BuildFunctions.Embedded.Tests.Timers;

namespace BuildFunctions.Embedded.Tests.Hosting;

public sealed class StartupFaultTests
{
    [Theory]
    [InlineData("Functions FirstRoute", "SameRoute", "the same route 'api/A/{y}'")]
    [InlineData("Function BadTemplate", "'api/c/{x'")]
    [InlineData("Function BadConstraint", "'api/d/{x:number}'")]
    [InlineData("Function Unbound", "FaultyFunctions.Unbound", "'shop' of type String", "{shop}")]
    [InlineData("Function NotARequest", "must be an HttpRequest")]
    [InlineData("Function NotAwaited", "does not await")]
    [InlineData("Function BadCron", "'every day' is not a schedule", "0 */5 * * * *")]
    [InlineData("Function NoSetting", "'Sweep', which has no value")]
    [InlineData("Function NobodyServes", "'nobodysTrigger'")]
    public async Task Each_fault_is_listed_with_what_to_do(params string[] parts)
    {
        var fault = await Assert.ThrowsAsync<FunctionsStartupException>(() => TestHost.StartAsync<FaultyFunctions>());

        Assert.Equal(9, fault.Faults.Count);
        Assert.Single(fault.Faults, text => parts.All(part => text.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Timers_without_storage_are_a_fault()
    {
        var fault = await Assert.ThrowsAsync<FunctionsStartupException>(() => TestHost.StartAsync<CronTimer>());

        Assert.Contains("AzureWebJobsStorage", Assert.Single(fault.Faults));
    }
}
