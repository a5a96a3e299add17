namespace BuildFunctions.Contracts.Hosts;

/// <summary>
/// Where a broker answers and what it wants to hear. The broker writes it for clients on its own machine to <see cref="FileName"/> in the
/// configuration folder, readable by its owner only; a sign-in keeps the same shape in a file of its own.
/// </summary>
/// <param name="Url"><c>http://…</c>, <c>https://…</c> or <c>unix:/path</c> of a socket.</param>
/// <param name="Token">The bearer token, if one is needed.</param>
public sealed record LocalBroker(string Url, string? Token = null)
{
    public const string FileName = "local.json";

    /// <summary>The folder: <c>BF_CONFIG_DIR</c>, or <c>buildfunctions</c> in <c>XDG_CONFIG_HOME</c>, or in <c>~/.config</c>.</summary>
    public static string Folder(Func<string, string?> environment)
    {
        if (environment("BF_CONFIG_DIR") is { Length: > 0 } folder)
        {
            return folder;
        }

        var configuration = environment("XDG_CONFIG_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(environment("HOME") is { Length: > 0 } home ? home : environment("USERPROFILE") ?? ".", ".config");
        return Path.Combine(configuration, "buildfunctions");
    }

    /// <summary>Never shows the token.</summary>
    public override string ToString() => Url;
}
