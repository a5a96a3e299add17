using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("BuildFunctions.BlackBox.Running.SuiteFramework", "BuildFunctions.BlackBox")]

namespace BuildFunctions.BlackBox.Running;

/// <summary>xunit with an end: the run's brokers are stopped and its report is written when the last test is through.</summary>
public sealed class SuiteFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assembly) => new Executor(assembly, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override async void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
        {
            // As xunit's own; an end that fails must be seen, and an exception of an async void ends the process.
            var sink = new TimedMessages(executionMessageSink);
            using var runner = new SuiteRunner(TestAssembly, testCases, DiagnosticMessageSink, sink, executionOptions, sink);
            await runner.RunAsync();
        }
    }
}
