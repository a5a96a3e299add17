namespace BuildFunctions.Sources.Ignore;

// The rules of one folder and, behind them, of the folders around it. The innermost last match decides.
internal sealed record IgnoreScope(IgnoreScope? Outer, IgnorePattern[] Patterns, int BaseLength)
{
    // Also those around it.
    public int Count { get; } = Patterns.Length + (Outer?.Count ?? 0);

    // path: From the top of the tree, UTF-8, slashes between.
    public bool Ignores(ReadOnlySpan<byte> path, bool isDirectory)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            var inside = path[scope.BaseLength..];
            for (var i = scope.Patterns.Length - 1; i >= 0; i--)
            {
                if (scope.Patterns[i].Matches(inside, isDirectory))
                {
                    return !scope.Patterns[i].Negated;
                }
            }
        }

        return false;
    }
}
