namespace BuildFunctions.Sources.Ignore;

// Git's wildcard matching, over UTF-8 bytes as git does it. In a path, * and ? stop at a slash and ** between slashes does not.
internal readonly ref struct Glob(bool inPath)
{
    private readonly bool _inPath = inPath;

    private enum Outcome
    {
        Match,
        NoMatch,
        // No later start of the text can match either.
        Hopeless,
        // Only a ** further out can still make it match.
        OnlyAcrossSlashes,
    }

    public static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text, bool inPath) => new Glob(inPath).Match(pattern, text) is Outcome.Match;

    private Outcome Match(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> text)
    {
        var t = 0;
        for (var p = 0; p < pattern.Length; p++, t++)
        {
            if (t == text.Length && pattern[p] != '*')
            {
                return Outcome.Hopeless;
            }

            switch (pattern[p])
            {
                case (byte)'*':
                    return Star(pattern, p, text[t..]);
                case (byte)'?':
                    if (_inPath && text[t] == '/')
                    {
                        return Outcome.NoMatch;
                    }

                    continue;
                case (byte)'[':
                    if (Bracket(pattern, ref p, text[t]) is var inSet && inSet is null)
                    {
                        return Outcome.Hopeless;
                    }

                    if (inSet is false || (_inPath && text[t] == '/'))
                    {
                        return Outcome.NoMatch;
                    }

                    continue;
                case (byte)'\\':
                    p++;
                    if (p == pattern.Length || text[t] != pattern[p])
                    {
                        return Outcome.NoMatch;
                    }

                    continue;
                default:
                    if (text[t] != pattern[p])
                    {
                        return Outcome.NoMatch;
                    }

                    continue;
            }
        }

        return t == text.Length ? Outcome.Match : Outcome.NoMatch;
    }

    private Outcome Star(ReadOnlySpan<byte> pattern, int star, ReadOnlySpan<byte> text)
    {
        var after = star + 1;
        while (after < pattern.Length && pattern[after] == '*')
        {
            after++;
        }

        var rest = pattern[after..];
        var acrossSlashes = !_inPath;
        if (_inPath && after - star > 1 && (star == 0 || pattern[star - 1] == '/') && (rest.IsEmpty || rest[0] == '/' || rest.StartsWith("\\/"u8)))
        {
            // "a/**/b" matches "a/b" too.
            if (!rest.IsEmpty && rest[0] == '/' && Match(rest[1..], text) is Outcome.Match)
            {
                return Outcome.Match;
            }

            acrossSlashes = true;
        }

        if (rest.IsEmpty)
        {
            return acrossSlashes || !text.Contains((byte)'/') ? Outcome.Match : Outcome.NoMatch;
        }

        // One star before a slash takes exactly the text up to the next slash.
        if (!acrossSlashes && rest[0] == '/')
        {
            return text.IndexOf((byte)'/') is var slash and >= 0 ? Match(rest, text[slash..]) : Outcome.NoMatch;
        }

        for (var t = 0; t < text.Length; t++)
        {
            var outcome = Match(rest, text[t..]);
            if (outcome is not Outcome.NoMatch)
            {
                if (!acrossSlashes || outcome is not Outcome.OnlyAcrossSlashes)
                {
                    return outcome;
                }
            }
            else if (!acrossSlashes && text[t] == '/')
            {
                return Outcome.OnlyAcrossSlashes;
            }
        }

        return Outcome.Hopeless;
    }

    // Leaves p on the closing bracket; null when there is none.
    private static bool? Bracket(ReadOnlySpan<byte> pattern, ref int p, byte value)
    {
        p++;
        var negated = p < pattern.Length && pattern[p] is (byte)'!' or (byte)'^';
        p += negated ? 1 : 0;
        var matched = false;
        byte previous = 0;
        for (var first = true; ; first = false, p++)
        {
            if (p >= pattern.Length)
            {
                return null;
            }

            var c = pattern[p];
            if (c == ']' && !first)
            {
                return matched != negated;
            }

            if (c == '-' && previous != 0 && p + 1 < pattern.Length && pattern[p + 1] != ']')
            {
                p++;
                p += pattern[p] == '\\' ? 1 : 0;
                if (p >= pattern.Length)
                {
                    return null;
                }

                matched |= value >= previous && value <= pattern[p];
                previous = 0;
                continue;
            }

            if (c == '[' && p + 1 < pattern.Length && pattern[p + 1] == ':')
            {
                var close = pattern[(p + 2)..].IndexOf((byte)']');
                if (close < 0)
                {
                    return null;
                }

                var name = pattern.Slice(p + 2, close);
                if (name is [.., (byte)':'])
                {
                    if (GlobClass.Contains(name[..^1], value) is not { } member)
                    {
                        return null;
                    }

                    matched |= member;
                    previous = 0;
                    p += 2 + close;
                    continue;
                }
            }
            else if (c == '\\')
            {
                p++;
                if (p >= pattern.Length)
                {
                    return null;
                }

                c = pattern[p];
            }

            matched |= value == c;
            previous = c;
        }
    }
}
