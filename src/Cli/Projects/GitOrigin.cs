namespace BuildFunctions.Cli.Projects;

/// <summary>Where a folder's git repository comes from: its remote "origin" and the place of the folder in it, so that every clone of it is the same app.</summary>
internal static class GitOrigin
{
    private const string Pointer = "gitdir:";

    /// <summary>As in <c>github.com/acme/shop</c> or <c>github.com/acme/shop:apps/web</c>; null without a remote on some host.</summary>
    public static string? Of(DirectoryInfo folder)
    {
        for (var top = folder; top is not null; top = top.Parent)
        {
            var git = Path.Combine(top.FullName, ".git");
            if (!Directory.Exists(git) && !File.Exists(git))
            {
                continue;
            }

            var place = Path.GetRelativePath(top.FullName, folder.FullName).Replace('\\', '/');
            return Read(git) is { } remote ? place == "." ? remote : $"{remote}:{place}" : null;
        }

        return null;
    }

    /// <summary>The host and the path of a remote's address, without who signs in there; null for what names no host.</summary>
    internal static string? Normalise(string address)
    {
        var text = address.Trim();
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Host.Length > 0)
        {
            return Join(url.IsDefaultPort || url.Scheme == "ssh" ? url.Host : url.Authority[(url.UserInfo.Length > 0 ? url.UserInfo.Length + 1 : 0)..], url.AbsolutePath);
        }

        // git@host:path, as git writes it for ssh.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && !text[..colon].Contains('/', StringComparison.Ordinal) && !text[colon..].StartsWith("://", StringComparison.Ordinal) ? Join(text[..colon].Split('@')[^1], text[(colon + 1)..]) : null;
    }

    private static string? Join(string host, string path)
    {
        var trimmed = path.Trim('/');
        trimmed = trimmed.EndsWith(".git", StringComparison.Ordinal) ? trimmed[..^4] : trimmed;
        return host.Length > 0 && trimmed.Length > 0 ? $"{host.ToLowerInvariant()}/{trimmed}" : null;
    }

    private static string? Read(string git)
    {
        try
        {
            return Origin(File.ReadLines(Path.Combine(Common(git), "config"))) is { } address ? Normalise(address) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The folder with the configuration: a worktree's .git is a file that leads to it.</summary>
    private static string Common(string git)
    {
        if (Directory.Exists(git))
        {
            return git;
        }

        var own = File.ReadAllText(git).Trim();
        own = Path.GetFullPath(own.StartsWith(Pointer, StringComparison.Ordinal) ? own[Pointer.Length..].Trim() : own, Path.GetDirectoryName(git)!);
        var common = Path.Combine(own, "commondir");
        return File.Exists(common) ? Path.GetFullPath(File.ReadAllText(common).Trim(), own) : own;
    }

    private static string? Origin(IEnumerable<string> lines)
    {
        var inside = false;
        foreach (var line in lines.Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                inside = line == "[remote \"origin\"]";
            }
            else if (inside && line.Split('=', 2) is [var name, var value] && name.Trim() == "url")
            {
                return value.Trim();
            }
        }

        return null;
    }
}
