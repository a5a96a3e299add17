using System.Diagnostics;

namespace BuildFunctions.Chaos.Builds;

/// <summary>Hands out the builds of a campaign, one after the other, and knows what became of each.</summary>
internal sealed class Shop : IDisposable
{
    private readonly IEnumerator<BuildCase> _cases;
    private readonly DirectoryInfo _folder;
    private readonly List<Journey> _journeys = [];
    private readonly Lock _lock = new();

    public Shop(IEnumerable<BuildCase> cases, string folder)
    {
        _cases = cases.GetEnumerator();
        _folder = Directory.CreateDirectory(folder);
    }

    /// <summary>Where the scripts say that they run, a line each.</summary>
    public string Effects => Path.Combine(_folder.FullName, "effects");

    public IReadOnlyList<Journey> Journeys
    {
        get
        {
            lock (_lock)
            {
                return [.. _journeys];
            }
        }
    }

    public void Dispose() => _cases.Dispose();

    public Journey Next()
    {
        lock (_lock)
        {
            _cases.MoveNext();
            var journey = new Journey(_cases.Current);
            _journeys.Add(journey);
            return journey;
        }
    }

    /// <summary>Each run of a script, by build and attempt.</summary>
    public ILookup<string, string> Runs() => (File.Exists(Effects) ? File.ReadLines(Effects) : []).ToLookup(run => run);

    /// <summary>Builds are handed out in the order of their numbers.</summary>
    public Task EndOfAsync(int number)
    {
        lock (_lock)
        {
            return _journeys[number - 1].Ended;
        }
    }

    public CaseSource SourceOf(BuildCase build)
    {
        lock (_lock)
        {
            return new CaseSource(build.Repeats is { } first ? _journeys[first - 1].Case : build, Effects);
        }
    }

    /// <summary>A repository that holds the build's source.</summary>
    public string RepositoryOf(BuildCase build)
    {
        var folder = Path.Combine(_folder.FullName, $"repository-{build.Number}");
        if (!Directory.Exists(folder))
        {
            var draft = Directory.CreateDirectory($"{folder}.new").FullName;
            foreach (var (name, content) in SourceOf(build).Files())
            {
                File.WriteAllBytes(Path.Combine(draft, name), content);
            }

            Git(draft, "init", "-q", "-b", "main");
            Git(draft, "add", "-A");
            Git(draft, "-c", "user.name=chaos", "-c", "user.email=chaos@localhost", "commit", "-q", "-m", "source");
            Directory.Move(draft, folder);
        }

        return new Uri(folder).AbsoluteUri;
    }

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", folder, .. arguments]);
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {git.ExitCode}.");
        }
    }
}
