using BuildFunctions.EndToEnd.Tests.Broker;
using BuildFunctions.EndToEnd.Tests.Browser;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.EndToEnd.Tests.Samples;

/// <summary>A broker to which every sample is deployed once, all at the same time, and a browser to look at them.</summary>
public sealed class SampleFixture : IAsyncLifetime
{
    public static IReadOnlyList<string> Samples => ["static", "vite-react", "astro", "next-export", "monorepo"];

    public RunningBroker Broker { get; private set; } = null!;

    public Chromium Chromium { get; private set; } = null!;

    public Bf Bf => new(Broker);

    /// <summary>How each sample's deployment ended; its output is its address.</summary>
    public IReadOnlyDictionary<string, BfResult> Deployed { get; private set; } = null!;

    public static string Folder(string sample) => Path.Combine(RepositoryRoot.Path, "samples", sample);

    public async Task InitializeAsync()
    {
        Broker = await RunningBroker.StartAsync();
        Chromium = await Chromium.StartAsync();
        var results = await Task.WhenAll(Samples.Select(sample => Bf.RunAsync("deploy", Folder(sample))));
        Deployed = Samples.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
