using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Sources.Trees;

/// <summary>What a source holds, whatever it was packed with and when: paths, kinds, the executable bit and contents; of folders only the empty ones.</summary>
public sealed class SourceFingerprint
{
    private readonly SortedDictionary<string, string> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parents = new(StringComparer.Ordinal);

    public void AddFile(string path, bool executable, string sha256) => Add(path, $"{(executable ? "program" : "file")} {sha256}");

    public void AddLink(string path, string kind, string target) => Add(path, $"{kind} {DigestOf(Encoding.UTF8.GetBytes(target))}");

    public void AddFolder(string path) => Add(path, "folder");

    /// <summary>Stands for one entry; null where there is none.</summary>
    public string? Find(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Stands for all entries but those that are named.</summary>
    public string Without(IReadOnlyCollection<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, entry) in _entries.Where(one => !paths.Contains(one.Key) && !(one.Value == "folder" && _parents.Contains(one.Key))))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{entry}\0"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal static string DigestOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private void Add(string path, string entry)
    {
        _entries[path] = entry;
        for (var slash = path.LastIndexOf('/'); slash > 0 && _parents.Add(path[..slash]); slash = path.LastIndexOf('/', slash - 1))
        {
        }
    }
}
