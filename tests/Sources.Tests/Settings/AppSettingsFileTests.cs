using BuildFunctions.Sources.Settings;

namespace BuildFunctions.Sources.Tests.Settings;

public sealed class AppSettingsFileTests
{
    [Fact]
    public void Every_field_is_read()
    {
        var reading = AppSettingsFile.Parse("""
            // comments are fine
            {
              "name": "my-react-app",
              "build": {
                "provider": "github", "repo": "user/my-react-app", "command": "npm run build", "install": "npm ci",
                "output": "./dist/", "node": 20, "root": "apps/web", "env": { "VITE_API_URL": "https://api.example.com", "DEBUG": false },
              },
              "exclude": ["secrets/", "*.pem"],
            }
            """);

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        var settings = reading.Settings!;
        Assert.Equal("my-react-app", settings.Name);
        Assert.Equal(("github", "user/my-react-app", "npm run build", "npm ci"), (settings.Build.Provider, settings.Build.Repo, settings.Build.Command, settings.Build.Install));
        Assert.Equal(("dist", "20", "apps/web"), (settings.Build.Output, settings.Build.Node, settings.Build.Root));
        Assert.Equal("https://api.example.com", settings.Build.Env["VITE_API_URL"]);
        Assert.Equal("false", settings.Build.Env["DEBUG"]);
        Assert.Equal(["secrets/", "*.pem"], settings.Exclude);
    }

    [Fact]
    public void Each_fault_and_unknown_field_says_its_line()
    {
        var reading = AppSettingsFile.Parse("""
            {
              "name": "No Spaces",
              "build": {
                "output": "../outside",
                "command": 5,
                "colour": { "deep": [1] },
                "env": { "A B": "x", "OK": [] }
              },
              "exclude": "one"
            }
            """);

        Assert.Null(reading.Settings);
        Assert.Equal(["app.json:4", "app.json:5", "app.json:7", "app.json:7", "app.json:9", "app.json:2"], reading.Faults.Select(fault => fault[..10]));
        Assert.StartsWith("app.json:6: \"build.colour\"", Assert.Single(reading.Warnings));
    }

    [Theory]
    [InlineData("{\n  \"name\": \"a\",\n  oops\n}", 3)]
    [InlineData("{\n  \"build\": {\n", 3)]
    [InlineData("", 1)]
    public void What_is_not_JSON_says_its_line(string text, int line) =>
        Assert.StartsWith($"app.json:{line}: is not JSON", Assert.Single(AppSettingsFile.Parse(text).Faults));

    [Fact]
    public void Another_top_level_value_is_a_fault() => Assert.Single(AppSettingsFile.Parse("[1, 2]").Faults);

    [Fact]
    public void An_environment_past_its_limits_is_a_fault_that_says_which_and_where()
    {
        var many = string.Join(',', Enumerable.Range(0, 201).Select(number => $"\"V{number}\": \"\""));
        var large = $"\"LARGE\": \"{new string('é', 33_000)}\"";

        var fault = Assert.Single(AppSettingsFile.Parse($"{{\n\"build\": {{\n\"env\": {{ {many} }} }} }}").Faults);
        var other = Assert.Single(AppSettingsFile.Parse($"{{\n\"build\": {{\n\"env\": {{ {large} }} }} }}").Faults);

        Assert.Equal("app.json:3: \"build.env\" has 201 variables; 200 are the most", fault);
        Assert.Equal("app.json:3: \"build.env\" has 66005 bytes of names and values; 65536 are the most", other);
    }

    [Fact]
    public void A_build_that_is_a_text_is_the_command() => Assert.Equal("make site", AppSettingsFile.Parse("""{"build": "make site"}""").Settings!.Build.Command);

    [Fact]
    public void The_file_of_an_Expo_app_is_not_held_against_it()
    {
        var reading = AppSettingsFile.Parse("""{"name": "My App", "displayName": "My App", "expo": {"slug": "x"}}""");

        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
        Assert.Null(reading.Settings!.Name);
    }
}
