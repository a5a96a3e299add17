using System.Diagnostics;

namespace BuildFunctions.BlackBox.Builds;

/// <summary>A git repository on this machine with one commit on main.</summary>
internal sealed record Repository(string Url, string Commit)
{
    public static async Task<Repository> CreateAsync(string folder, params (string Name, string Content)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), content);
        }

        await GitAsync(folder, "init", "-q", "-b", "main");
        await GitAsync(folder, "add", "-A");
        await GitAsync(folder, "-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "-m", "source");
        return new Repository(new Uri(folder).AbsoluteUri, (await GitAsync(folder, "rev-parse", "HEAD")).Trim());
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments]) { RedirectStandardOutput = true })!;
        var said = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)} ended with {git.ExitCode}.");
        return said;
    }
}
