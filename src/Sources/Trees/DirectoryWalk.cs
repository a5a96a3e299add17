using System.IO.Enumeration;
using System.Text;
using BuildFunctions.Sources.Ignore;

namespace BuildFunctions.Sources.Trees;

/// <summary>Lists what of a folder is source: the ignore files of the folder and of the repository around it, <c>exclude</c> and the fixed excludes applied.</summary>
public sealed class DirectoryWalk
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private const string Rules = ".bfignore";

    // Those of a repository are someone else's, and each is held against each path.
    private const int MostCommittedRules = 1000;
    private const int LongestCommittedRules = 64 << 10;

    private readonly string _folder;
    private readonly IgnoreScope _exclude;
    private readonly bool _committed;
    private readonly List<SourceEntry> _entries = [];
    private readonly List<SkippedEntry> _skipped = [];
    private readonly List<string> _faults = [];

    private DirectoryWalk(string folder, IEnumerable<string> exclude, bool committed)
    {
        _folder = folder;
        _committed = committed;
        _exclude = new IgnoreScope(null, [.. exclude.Select(IgnorePattern.Parse).OfType<IgnorePattern>()], 0);
    }

    public static SourceListing List(string folder, IEnumerable<string> exclude, bool committed = false, CancellationToken cancellationToken = default)
    {
        var walk = new DirectoryWalk(Path.GetFullPath(folder), exclude, committed);
        var (scope, prefix) = committed ? (null, "") : EnclosingRules.Of(walk._folder);
        walk.Enter("", prefix, scope, cancellationToken);
        walk._entries.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new SourceListing(walk._entries, walk._skipped, walk._faults);
    }

    // outside: the folder's own path inside its repository, so that the repository's rules can be asked.
    private void Enter(string folder, string outside, IgnoreScope? outer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = Read(folder);
        if (found.Where(entry => entry.Name == Rules).Select(Unreadable).FirstOrDefault(why => why is not null) is { } unreadable)
        {
            _faults.Add($"{folder}{Rules}: {unreadable}");
            return;
        }

        var scope = EnclosingRules.Enter(outer, Path.Combine(_folder, folder), Encoding.UTF8.GetByteCount(outside + folder), _committed);
        if (_committed && scope.Count > MostCommittedRules)
        {
            _faults.Add($"{folder}{Rules}: has, with those around it, more than {MostCommittedRules} rules");
            return;
        }

        foreach (var entry in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = folder + entry.Name;
            if (WhyNot(path, outside, entry, scope) is { } reason)
            {
                _skipped.Add(new SkippedEntry(path, reason));
            }
            else if (SourceNames.Fault(entry.Name) is { } fault)
            {
                _faults.Add($"{SourceNames.Printable(path)}: {fault}");
            }
            else if (entry.IsFolder)
            {
                Enter(path + "/", outside, scope, cancellationToken);
            }
            else
            {
                _entries.Add(entry.IsLink ? Link(path) : new SourceEntry(path, entry.Length, null));
            }
        }
    }

    private List<FoundEntry> Read(string folder)
    {
        var found = new List<FoundEntry>();
        try
        {
            found.AddRange(new FileSystemEnumerable<FoundEntry>(Path.Combine(_folder, folder), FoundEntry.From, Everything));
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            _faults.Add($"{SourceNames.Printable(folder.TrimEnd('/'))}: cannot be read ({failure.Message})");
        }

        var seen = new Dictionary<string, string>(found.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var entry in found.Where(entry => !seen.TryAdd(entry.Name, entry.Name)))
        {
            var rivals = string.Join(" and ", new[] { seen[entry.Name], entry.Name }.Order(StringComparer.Ordinal));
            _faults.Add($"{folder}: {rivals} differ only in case and cannot both exist on every system; rename one");
        }

        return found;
    }

    // Whoever leaves a file out by rules that were not read would send what they were to keep.
    private string? Unreadable(FoundEntry rules) =>
        rules.IsLink ? "is a link; make it a file"
        : _committed && rules.Length > LongestCommittedRules ? $"is larger than {LongestCommittedRules} bytes"
        : null;

    private string? WhyNot(string path, string outside, FoundEntry entry, IgnoreScope scope) =>
        FixedExcludes.Reason(entry.Name) is { } reason ? reason
        : _exclude.Ignores(Encoding.UTF8.GetBytes(path), entry.IsFolder) ? "app.json exclude"
        : scope.Ignores(Encoding.UTF8.GetBytes(outside + path), entry.IsFolder) ? "ignore file"
        : null;

    private SourceEntry Link(string path)
    {
        var target = (new FileInfo(Path.Combine(_folder, path)).LinkTarget ?? "").Replace('\\', '/');
        if (!SourceNames.StaysInside(path, target))
        {
            _faults.Add($"{path}: is a link to {SourceNames.Printable(target)}, outside the folder that is sent; copy the file or exclude the link");
        }

        return new SourceEntry(path, 0, target);
    }
}
