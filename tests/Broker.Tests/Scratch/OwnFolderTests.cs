using System.Diagnostics;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Broker.Tests.Sources;
using BuildFunctions.Broker.Scratch;

namespace BuildFunctions.Broker.Tests.Scratch;

public sealed class OwnFolderTests : IDisposable
{
    private readonly ScratchFolder _place = new();

    [Fact]
    public void What_a_killed_process_has_left_is_removed_by_the_next_and_what_others_use_is_not()
    {
        using var used = OwnFolder.Create(_place.Path, "x-");
        var left = LeftByAKilledProcess();
        var foreign = Directory.CreateDirectory(Path.Combine(_place.Path, "y-1")).FullName;
        var begun = Directory.CreateDirectory(Path.Combine(_place.Path, "x-begun")).FullName;

        using var next = OwnFolder.Create(_place.Path, "x-");

        Assert.False(Directory.Exists(left));
        Assert.All([used.Path, next.Path, foreign, begun], path => Assert.True(Directory.Exists(path)));
        Directory.SetLastWriteTimeUtc(begun, DateTime.UnixEpoch);
        using var later = OwnFolder.Create(_place.Path, "x-");
        Assert.False(Directory.Exists(begun));
    }

    [Fact]
    public void A_folder_goes_with_its_use()
    {
        string path;
        using (var folder = OwnFolder.Create(_place.Path, "x-"))
        {
            path = folder.Path;
            GitServer.Run(path, "mkdir a; echo x > a/x; chmod 555 a");
        }

        Assert.False(Directory.Exists(path));
    }

    [Fact]
    public void Without_a_place_it_is_among_the_temporary_ones()
    {
        using var folder = OwnFolder.Create(null, "bf-clone-");

        Assert.StartsWith(Path.GetTempPath().TrimEnd('/'), folder.Path, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Its lock is there until the process is killed.</summary>
    private string LeftByAKilledProcess()
    {
        var path = Directory.CreateDirectory(Path.Combine(_place.Path, "x-left")).FullName;
        using var owner = Process.Start(new ProcessStartInfo("flock", ["-o", "-x", ".owner", "-c", "echo locked; exec sleep 300"]) { WorkingDirectory = path, RedirectStandardOutput = true })!;
        Assert.Equal("locked", owner.StandardOutput.ReadLine());
        using (OwnFolder.Create(_place.Path, "x-"))
        {
            Assert.True(Directory.Exists(path));
        }

        owner.Kill(entireProcessTree: true);
        owner.WaitForExit();
        return path;
    }
}
