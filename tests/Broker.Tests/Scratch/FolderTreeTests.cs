using System.Runtime.Versioning;
using BuildFunctions.Broker.Scratch;
using BuildFunctions.Broker.Tests.Providers;
using BuildFunctions.Broker.Tests.Sources;

namespace BuildFunctions.Broker.Tests.Scratch;

[UnsupportedOSPlatform("windows")]
public sealed class FolderTreeTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    private string Tree => Path.Combine(_scratch.Path, "parent", "tree");

    [Theory]
    [InlineData("mkdir -p tree/go/pkg/mod; echo x > tree/go/pkg/mod/x; chmod 444 tree/go/pkg/mod/x; chmod 555 tree/go/pkg/mod tree/go/pkg")]
    [InlineData("mkdir -p tree/locked/inner; echo x > tree/locked/inner/x; chmod 0 tree/locked/inner tree/locked")]
    [InlineData("mkdir -p tree/x; echo x > tree/x/x; chmod 555 tree/x; chmod 0 tree")]
    public void A_tree_of_read_only_and_locked_folders_is_deleted_by_its_owner(string make)
    {
        Make(make);

        OtherUser.Run(() => FolderTree.Delete(Tree));

        Assert.False(Path.Exists(Tree));
    }

    [Fact]
    public void A_tree_deeper_than_a_path_can_say_is_deleted()
    {
        Make("mkdir tree; cd tree; for i in $(seq 300); do mkdir a-name-of-twenty-chars; cd -P a-name-of-twenty-chars; done; echo x > x");

        OtherUser.Run(() => FolderTree.Delete(Tree));

        Assert.False(Path.Exists(Tree));
    }

    [Fact]
    public void Links_are_deleted_and_what_they_lead_to_is_left_alone()
    {
        Make("mkdir -p tree/x outside; echo x > outside/x; chmod 444 outside/x; chmod 555 outside; ln -s ../outside tree/l; ln -s ../../outside/x tree/x/l; chmod 555 tree/x");
        var outside = Path.Combine(_scratch.Path, "parent", "outside");

        OtherUser.Run(() => FolderTree.Delete(Tree));

        Assert.False(Path.Exists(Tree));
        Assert.Equal((UnixFileMode)0x16D, File.GetUnixFileMode(outside));
        Assert.Equal((UnixFileMode)0x124, File.GetUnixFileMode(Path.Combine(outside, "x")));
    }

    [Fact]
    public void What_cannot_be_deleted_is_told_and_can_be_tried_again()
    {
        Make("mkdir -p tree/x; echo x > tree/x/x; chmod 555 .");

        OtherUser.Run(() => Assert.Throws<IOException>(() => FolderTree.Delete(Tree)));
        Assert.True(Directory.Exists(Tree));
        GitServer.Run(_scratch.Path, "chmod 755 parent");
        OtherUser.Run(() => FolderTree.Delete(Tree));

        Assert.False(Path.Exists(Tree));
    }

    [Fact]
    public void What_is_gone_is_gone() => FolderTree.Delete(Tree);

    public void Dispose()
    {
        GitServer.Run(_scratch.Path, "chmod -R u+rwX .; rm -rf parent");
        _scratch.Dispose();
    }

    private void Make(string script)
    {
        var parent = Directory.CreateDirectory(Path.Combine(_scratch.Path, "parent")).FullName;
        OtherUser.Own(_scratch.Path);
        GitServer.Run(parent, script);

        // The modes stay as the script made them.
        if (OtherUser.IsRoot)
        {
            GitServer.Run(_scratch.Path, "chown -Rh 65534 .");
        }
    }
}
