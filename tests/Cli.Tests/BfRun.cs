using BuildFunctions.Cli.Broker;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Cli.Tests.Fakes;

namespace BuildFunctions.Cli.Tests;

/// <summary>Runs bf in this process, with a folder and a configuration of its own.</summary>
internal sealed class BfRun : IDisposable
{
    private int _keys;

    public string Folder { get; } = Directory.CreateTempSubdirectory("bf-test-").FullName;

    public string ConfigurationFolder => Path.Combine(Folder, "configuration");

    public Dictionary<string, string> Environment { get; } = [];

    public string Input { get; set; } = "";

    public bool Terminal { get; set; }

    public int Width { get; set; } = 160;

    public List<Uri> Browsed { get; } = [];

    public Patience Patience { get; set; } = new() { FirstDelay = TimeSpan.FromMilliseconds(5), LongestDelay = TimeSpan.FromMilliseconds(40), Stranger = TimeSpan.FromSeconds(20) };

    public StringWriter Out { get; } = new();

    public StringWriter Error { get; } = new();

    public static BfRun Against(FakeBroker broker) => new() { Environment = { ["BF_URL"] = broker.Url, ["BF_TOKEN"] = FakeBroker.Token } };

    public BfRun WithApp()
    {
        var app = Directory.CreateDirectory(Path.Combine(Folder, "My Shop")).FullName;
        Directory.CreateDirectory(Path.Combine(app, "src"));
        File.WriteAllText(Path.Combine(app, "package.json"), """{"name":"my-shop","scripts":{"build":"vite build"},"dependencies":{"react":"^19.0.0"},"devDependencies":{"vite":"^7.0.0"}}""");
        File.WriteAllText(Path.Combine(app, "package-lock.json"), """{"lockfileVersion":3,"packages":{}}""");
        File.WriteAllText(Path.Combine(app, "vite.config.js"), "export default {};");
        File.WriteAllText(Path.Combine(app, "index.html"), "<div id=root></div>");
        File.WriteAllBytes(Path.Combine(app, "src", "noise.bin"), System.Security.Cryptography.RandomNumberGenerator.GetBytes(300_000));
        File.WriteAllText(Path.Combine(app, ".env"), "SECRET=1");
        return this;
    }

    public async Task<int> InvokeAsync(string[] arguments, CancellationToken interrupted = default)
    {
        var variables = new Dictionary<string, string>(Environment) { ["BF_CONFIG_DIR"] = ConfigurationFolder };
        var shell = new Shell
        {
            Terminal = new Terminal
            {
                In = new StringReader(Input),
                Out = TextWriter.Synchronized(Out),
                Error = TextWriter.Synchronized(Error),
                InIsTerminal = Terminal,
                OutIsTerminal = Terminal,
                ErrorIsTerminal = Terminal,
                Color = Terminal,
                Width = Width,
            },
            Environment = name => variables.GetValueOrDefault(name),
            Directory = Folder,
            NewKey = () => $"{Path.GetFileName(Folder)}-{Interlocked.Increment(ref _keys)}",
            Browse = page =>
            {
                Browsed.Add(page);
                return true;
            },
            Patience = Patience,
        };
        return await new Bf(shell).RunAsync(arguments, interrupted);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
