namespace BuildFunctions.Cli.Tests;

/// <summary>What bf does where the output is a guess, or where there is no site at all.</summary>
public sealed class GuessTests : BrokerTest
{
    private string App => Path.Combine(Bf.Folder, "My Shop");

    [Fact]
    public async Task An_output_that_is_a_guess_is_left_to_the_broker()
    {
        File.WriteAllText(Path.Combine(App, "package.json"), """{ "scripts": { "build": "node make.js" } }""");

        Assert.Equal(0, await Bf.InvokeAsync(["deploy", "My Shop"]));
        var request = Broker.Builds.Values.Single().Request;
        Assert.Equal((null, "npm run build"), (request.Output, request.Command));
        Assert.Contains("The output folder dist is a guess", Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detect_says_that_the_output_is_a_guess()
    {
        File.WriteAllText(Path.Combine(App, "package.json"), """{ "scripts": { "build": "node make.js" } }""");

        Assert.Equal(0, await Bf.InvokeAsync(["detect", "My Shop"]));
        Assert.Contains("dist (a guess)", Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_is_refused_by_its_name_before_anything_is_sent()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(Bf.Folder, "api")).FullName, "composer.json"), "{}");

        Assert.Equal(2, await Bf.InvokeAsync(["deploy", "api"]));
        Assert.Contains("PHP needs a server", Error, StringComparison.Ordinal);
        Assert.Empty(Broker.Requests);
    }
}
