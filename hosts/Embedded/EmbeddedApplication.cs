using BuildFunctions.Embedded.Hosting;

namespace BuildFunctions.Embedded;

/// <summary>Runs a Functions app of the isolated worker model in one process, on Kestrel, without the Functions host.</summary>
public static class EmbeddedApplication
{
    /// <param name="args">The command line; it wins over every other setting.</param>
    /// <param name="app">The assembly that the Worker SDK has generated the list of functions and their executor for.</param>
    public static EmbeddedApplicationBuilder CreateBuilder(string[] args, Assembly app) => new(new HostSources { Args = args, App = app });
}
