using BuildFunctions.Sources.Detection.Frameworks;
using BuildFunctions.Sources.Detection.Packages;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Detection;

// One folder of a tree, with its package.json.
internal sealed class AppFolder
{
    private static readonly string[] ScriptExtensions = ["ts", "mts", "cts", "js", "mjs", "cjs"];

    private readonly ISourceTree _tree;

    public AppFolder(ISourceTree tree, string folder)
    {
        _tree = tree;
        Folder = folder;
        Manifest = Text("package.json") is { } text ? PackageManifest.Parse(text) : null;
    }

    public string Folder { get; }

    public PackageManifest? Manifest { get; }

    // The script that builds it, when package.json has one.
    public string BuildScript => Manifest?.Scripts.GetValueOrDefault("build") ?? "";

    public string PathOf(string name) => ProjectPath.Join(Folder, name);

    public bool Has(string name) => _tree.FileExists(PathOf(name));

    public bool HasFolder(string name) => _tree.FolderExists(PathOf(name));

    // "vite.config.*" finds a config in any of the languages that load one.
    // "*.csproj" finds the first file with that end.
    public string? Find(string pattern) =>
        pattern.EndsWith(".*", StringComparison.Ordinal)
            ? ScriptExtensions.Select(extension => pattern[..^1] + extension).FirstOrDefault(Has)
        : pattern.StartsWith('*')
            ? _tree.List(Folder).FirstOrDefault(name => name.EndsWith(pattern[1..], StringComparison.Ordinal) && !name.EndsWith('/'))
        : Has(pattern) ? pattern
        : null;

    public string? Text(string name, int limit = 256 << 10) => _tree.ReadText(PathOf(name), limit);

    public JsConfig? Config(string pattern) => Find(pattern) is { } file && Text(file) is { } text ? new JsConfig(PathOf(file), text) : null;

    public bool Depends(string package) => Manifest?.Has(package) is true;
}
