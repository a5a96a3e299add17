using System.Text.RegularExpressions;

namespace BuildFunctions.Infra.Tests.Images;

/// <summary>
/// A stand-in for the official ASP.NET image, made in a second or two from what is on this machine: the .NET runtime, the few programs that the
/// Dockerfile calls and the libraries they load. Its apt-get does nothing, since what would be installed is there.
/// </summary>
internal static partial class LocalBase
{
    public const string Image = "localhost/aspnet";
    public const string User = "1654";

    private static readonly string[] _programs = ["/bin/sh", "/bin/rm", "/usr/bin/install", "/usr/bin/id", "/usr/bin/curl"];

    public static async Task MakeAsync(Buildah buildah)
    {
        var root = Directory.CreateTempSubdirectory("bf-base-").FullName;
        try
        {
            await FillAsync(root);
            var container = await buildah.RunAsync("from", "scratch");
            await buildah.RunAsync("copy", "--quiet", container, root, "/");
            await buildah.RunAsync("config", "--env", $"APP_UID={User}", "--env", "PATH=/usr/bin:/bin", container);
            await buildah.RunAsync("commit", "--quiet", container, Image);
            await buildah.RunAsync("rm", container);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task FillAsync(string root)
    {
        foreach (var folder in (string[])["bin", "etc", "proc", "sys", "dev", "root", "home/app", "tmp", "usr/bin", "usr/share/dotnet", "var/lib/apt/lists"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        await Tool.MustAsync("chmod", "1777", Path.Combine(root, "tmp"));
        await File.WriteAllTextAsync(Path.Combine(root, "etc/passwd"), $"root:x:0:0::/root:/bin/sh\napp:x:{User}:{User}::/home/app:/bin/sh\n");
        await File.WriteAllTextAsync(Path.Combine(root, "etc/group"), $"root:x:0:\napp:x:{User}:\n");
        var apt = Path.Combine(root, "usr/bin/apt-get");
        await File.WriteAllTextAsync(apt, "#!/bin/sh\nexit 0\n");
        await Tool.MustAsync("chmod", "755", apt);

        var dotnet = Dotnet();
        foreach (var part in (string[])["dotnet", "host", "shared"])
        {
            await Tool.MustAsync("cp", "-a", Path.Combine(dotnet, part), Path.Combine(root, "usr/share/dotnet"));
        }

        var core = Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.so");
        // curl loads OpenSSL too, which .NET opens by name.
        foreach (var file in _programs.Concat(await LoadedAsync([.. _programs, Path.Combine(dotnet, "dotnet"), .. core])).Distinct())
        {
            var target = root + file;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file, target, overwrite: true);
        }
    }

    /// <summary>The folder above shared/Microsoft.NETCore.App/VERSION, where this test's own runtime is.</summary>
    private static string Dotnet() => Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);

    private static async Task<IEnumerable<string>> LoadedAsync(string[] files)
    {
        var listed = await Tool.RunAsync("ldd", files);
        return Library().Matches(listed.Output).Select(match => match.Groups[1].Value)
            .Where(library => !library.Contains("/dotnet/", StringComparison.Ordinal)).Distinct();
    }

    [GeneratedRegex(@"(?:=> |^[ \t]+)(/\S+) \(0x", RegexOptions.Multiline)]
    private static partial Regex Library();
}
