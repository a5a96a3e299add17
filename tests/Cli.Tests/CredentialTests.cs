using BuildFunctions.Cli.Tests.Fakes;
using BuildFunctions.Contracts.Hosts;

namespace BuildFunctions.Cli.Tests;

[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CredentialTests : BrokerTest
{
    private string SignInFile => Path.Combine(Bf.ConfigurationFolder, "config.json");

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Bf.Environment.Clear();
        Directory.CreateDirectory(Bf.ConfigurationFolder);
    }

    [Fact]
    public async Task Login_keeps_the_token_where_only_its_owner_reads_it()
    {
        Bf.Input = FakeBroker.Token + "\n";
        Assert.Equal(0, await Bf.InvokeAsync(["login", Broker.Url]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SignInFile));
        Assert.DoesNotContain(FakeBroker.Token, Out + Error, StringComparison.Ordinal);
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
    }

    [Fact]
    public async Task Login_with_a_wrong_token_keeps_nothing()
    {
        Bf.Input = "wrong\n";
        Assert.Equal(5, await Bf.InvokeAsync(["login", Broker.Url]));
        Assert.False(File.Exists(SignInFile));
    }

    [Fact]
    public async Task Login_without_a_token_is_a_usage_fault() => Assert.Equal(2, await Bf.InvokeAsync(["login", Broker.Url]));

    [Fact]
    public async Task Login_does_not_send_a_token_in_the_open()
    {
        Bf.Input = "token\n";
        Assert.Equal(2, await Bf.InvokeAsync(["login", "http://broker.example.test"]));
    }

    [Fact]
    public async Task The_broker_on_this_machine_is_found_by_its_own_record()
    {
        File.WriteAllText(Path.Combine(Bf.ConfigurationFolder, LocalBroker.FileName), $$"""{"url":"{{Broker.Url}}","token":"{{FakeBroker.Token}}"}""");
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
    }

    [Fact]
    public async Task The_environment_goes_before_the_files()
    {
        File.WriteAllText(SignInFile, """{"url":"http://127.0.0.1:1","token":"other"}""");
        Bf.Environment["BF_URL"] = Broker.Url;
        Bf.Environment["BF_TOKEN"] = FakeBroker.Token;
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
    }

    [Fact]
    public async Task A_token_is_for_the_broker_that_it_was_kept_for()
    {
        File.WriteAllText(SignInFile, $$"""{"url":"http://127.0.0.1:1","token":"{{FakeBroker.Token}}"}""");
        Assert.Equal(5, await Bf.InvokeAsync(["list", "--broker", Broker.Url]));
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        File.WriteAllText(SignInFile, "{");
        Assert.Equal(2, await Bf.InvokeAsync(["list"]));
        Assert.Contains(SignInFile, Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_broker_is_known() => Assert.Equal(2, await Bf.InvokeAsync(["list"]));

    [Fact]
    public async Task A_broker_on_a_socket_is_reached()
    {
        await using var broker = await FakeBroker.StartAsync(Path.Combine(Bf.Folder, "bf.sock"));
        Bf.Environment["BF_URL"] = broker.Url;
        Bf.Environment["BF_TOKEN"] = FakeBroker.Token;
        Assert.Equal(0, await Bf.InvokeAsync(["list"]));
        Assert.Single(broker.Requests);
    }

    [Fact]
    public void The_configuration_folder_follows_the_environment()
    {
        static string Folder(params (string Name, string Value)[] variables) => LocalBroker.Folder(name => variables.FirstOrDefault(variable => variable.Name == name).Value);
        Assert.Equal("/c", Folder(("BF_CONFIG_DIR", "/c"), ("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")));
        Assert.Equal("/x/buildfunctions", Folder(("XDG_CONFIG_HOME", "/x"), ("HOME", "/h")));
        Assert.Equal("/h/.config/buildfunctions", Folder(("HOME", "/h")));
    }
}
