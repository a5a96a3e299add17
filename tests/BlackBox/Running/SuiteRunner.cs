using Xunit.Abstractions;
using Xunit.Sdk;

namespace BuildFunctions.BlackBox.Running;

/// <summary>Ends what the run started before xunit is told that the run is over: then the process may end at any time.</summary>
internal sealed class SuiteRunner(
    ITestAssembly assembly, IEnumerable<IXunitTestCase> cases, IMessageSink diagnostics, IMessageSink execution, ITestFrameworkExecutionOptions options, TimedMessages times)
    : XunitTestAssemblyRunner(assembly, cases, diagnostics, execution, options)
{
    protected override async Task BeforeTestAssemblyFinishedAsync()
    {
        times.ToReport().Write();
        Brokers.KeepLogs(Path.GetDirectoryName(Report.Path)!);
        await Brokers.EndAsync();
        await base.BeforeTestAssemblyFinishedAsync();
    }
}
