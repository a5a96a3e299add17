namespace BuildFunctions.Broker.Sites;

/// <summary>Which paths change with their content: where bundlers put such files, or a hash in hexadecimal. Paths are the app's choice, so that they are read in one go.</summary>
internal static class ContentNames
{
    private const int LeastHash = 8;
    private const int MostHash = 64;

    private static readonly string[] _hashed = ["assets/", "_astro/", "_nuxt/", "static/js/", "static/css/", "static/media/"];

    public static bool Match(string path) =>
        (LastIn(path, "_next/static/") is var next and >= 0 && !path.AsSpan(next).Contains("development", StringComparison.Ordinal))
        || LastIn(path, "_app/immutable/") >= 0
        || IsHashed(path);

    private static bool IsHashed(string path)
    {
        var first = StemOf(path);
        var second = StemOf(first);
        var isMap = path.EndsWith(".map", StringComparison.Ordinal);
        return EndsInHexadecimal(first) || EndsInHexadecimal(second)
            || (Array.Exists(_hashed, folder => FirstIn(path, folder) >= 0) && (EndsInHash(path, first) || (isMap && EndsInHash(path, second))));
    }

    /// <summary>Without its last extension; empty where it has none.</summary>
    private static ReadOnlySpan<char> StemOf(ReadOnlySpan<char> path)
    {
        var dot = path.LastIndexOf('.');
        return dot >= 0 && dot + 1 < path.Length && AllWords(path[(dot + 1)..]) ? path[..dot] : default;
    }

    private static bool EndsInHexadecimal(ReadOnlySpan<char> stem)
    {
        var hash = stem[(stem.LastIndexOfAny('.', '-') + 1)..];
        return hash.Length < stem.Length && hash.Length is >= LeastHash and <= MostHash
            && !hash.ContainsAnyExcept("0123456789abcdef") && hash.ContainsAnyInRange('0', '9') && hash.ContainsAnyInRange('a', 'f');
    }

    /// <summary>Behind the first dot or hyphen of the name's last run of letters, digits and hyphens, which lies in one of the folders.</summary>
    private static bool EndsInHash(string path, ReadOnlySpan<char> stem)
    {
        var run = stem.Length;
        while (run > 0 && (IsWord(stem[run - 1]) || stem[run - 1] == '-'))
        {
            run--;
        }

        var start = run > 0 && stem[run - 1] == '.' ? run : stem[run..].IndexOf('-') is var hyphen and >= 0 ? run + hyphen + 1 : stem.Length;
        var hash = stem[start..];
        return hash.Length >= LeastHash && (hash.ContainsAnyInRange('A', 'Z') || hash.ContainsAnyInRange('0', '9'))
            && Array.Exists(_hashed, folder => FirstIn(path, folder) is var at and >= 0 && at + folder.Length < start);
    }

    private static int FirstIn(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) ? 0 : path.IndexOf("/" + folder, StringComparison.Ordinal) is var at and >= 0 ? at + 1 : -1;

    private static int LastIn(string path, string folder) =>
        path.LastIndexOf("/" + folder, StringComparison.Ordinal) is var at and >= 0 ? at + 1 : path.StartsWith(folder, StringComparison.Ordinal) ? 0 : -1;

    private static bool AllWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!IsWord(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
