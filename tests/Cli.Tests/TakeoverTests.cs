using BuildFunctions.Cli.Projects;

namespace BuildFunctions.Cli.Tests;

/// <summary>The app that a folder is, and what another folder of the same name may do to it.</summary>
public sealed class TakeoverTests : BrokerTest
{
    [Fact]
    public async Task A_folder_remembers_its_app_in_a_file_that_git_ignores_and_that_is_not_sent()
    {
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop", "--app", "boutique"]));
        var sent = Broker.Builds.Values.Single().Sha256;
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        Assert.Equal(["boutique", "boutique"], Broker.Builds.Values.Select(build => build.Request.App));
        Assert.All(Broker.Builds.Values, build => Assert.Equal(sent, build.Sha256));
        Assert.Single(Broker.Builds.Values.Select(build => build.Request.Origin).Distinct());
        Assert.Equal("*\n", await File.ReadAllTextAsync(Path.Combine(Bf.Folder, "My Shop", ".buildfunctions", ".gitignore")));
    }

    [Fact]
    public async Task Another_folder_is_refused_without_a_terminal_unless_it_names_the_app()
    {
        var folder = Shop();
        Broker.Origin = "github.com/acme/shop";
        Assert.Equal(3, await Bf.InvokeAsync(["deploy", folder]));
        Assert.Contains("deployed from github.com/acme/shop", Error, StringComparison.Ordinal);
        Assert.Contains("--app shop", Error, StringComparison.Ordinal);
        Assert.Empty(Broker.Builds);
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", folder, "--preview"]));
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", folder, "--app", "shop"]));
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("n", 3)]
    [InlineData("", 3)]
    public async Task At_a_terminal_it_is_asked(string answer, int code)
    {
        Broker.Origin = "folder 0123";
        Bf.Terminal = true;
        Bf.Input = answer + "\n";
        Assert.Equal(code, await Bf.InvokeAsync(["deploy", Shop()]));
        Assert.Contains("deployed from another folder", Error, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 1 : 0, Broker.Builds.Count);
    }

    [Fact]
    public async Task Clones_of_one_repository_are_the_same()
    {
        Broker.Origin = "github.com/acme/shop";
        var folder = Shop();
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        await File.WriteAllTextAsync(Path.Combine(folder, ".git", "config"), "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = git@github.com:acme/shop.git\n");
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", folder]));
    }

    [Fact]
    public async Task A_name_that_had_to_be_changed_is_told()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Bf.Folder, "Odd Näme_App!")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "hi");
        Assert.Equal(0, await Bf.InvokeAsync(["deploy", folder]));
        Assert.Contains("The app is called 'odd-n-me-app'", Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://github.com/acme/shop.git", "github.com/acme/shop")]
    [InlineData("https://name:secret@GitHub.com/acme/shop", "github.com/acme/shop")]
    [InlineData("git@github.com:acme/shop.git", "github.com/acme/shop")]
    [InlineData("ssh://git@git.example:2222/acme/shop.git", "git.example/acme/shop")]
    [InlineData("https://git.example:3000/acme/shop", "git.example:3000/acme/shop")]
    [InlineData("/srv/git/shop.git", null)]
    [InlineData("../shop", null)]
    [InlineData("file:///srv/git/shop.git", null)]
    public void An_origin_is_a_host_and_a_path_and_nobodys_password(string address, string? origin) => Assert.Equal(origin, GitOrigin.Normalise(address));

    private string Shop()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Bf.Folder, "shop")).FullName;
        File.WriteAllText(Path.Combine(folder, "index.html"), "hi");
        return folder;
    }
}
