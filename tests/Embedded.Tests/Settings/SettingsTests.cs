using BuildFunctions.Embedded.Settings;
using BuildFunctions.Embedded.Tests.Hosting;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Embedded.Tests.Settings;

public sealed class SettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("functions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Command_line_wins_over_environment_over_local_settings_over_host_json()
    {
        var settings = Read(options =>
        {
            options.Files["host.json"] = """{ "logging": { "logLevel": { "A": "Error", "B": "Error", "C": "Error", "D": "Error" } } }""";
            options.Files["local.settings.json"] = """
                { "Values": { "Logging__LogLevel__B": "Debug", "Logging:LogLevel:C": "Debug", "Logging__LogLevel__D": "Debug" } }
                """;
            options.Environment["Logging__LogLevel__C"] = "Trace";
            options.Environment["Logging__LogLevel__D"] = "Trace";
            options.Args = ["--Logging:LogLevel:D=Critical"];
        });

        Assert.Equal(
            ["Error", "Debug", "Trace", "Critical"],
            new[] { "A", "B", "C", "D" }.Select(name => settings[$"Logging:LogLevel:{name}"]));
    }

    [Fact]
    public void Host_json_is_seen_where_the_environment_can_override_it()
    {
        var settings = Read(options =>
        {
            options.Files["host.json"] = """{ "extensions": { "durableTask": { "hubName": "One", "other": "kept" } } }""";
            options.Environment["AzureFunctionsJobHost__extensions__durableTask__hubName"] = "Two";
        });

        Assert.Equal("Two", settings["AzureFunctionsJobHost:extensions:durableTask:hubName"]);
        Assert.Equal("kept", settings["AzureFunctionsJobHost:extensions:durableTask:other"]);
    }

    [Theory]
    [InlineData("", "", "", "http://127.0.0.1:7071")]
    [InlineData("8080", "", "", "http://127.0.0.1:8080")]
    [InlineData("8080", "http://[::1]:81", "", "http://[::1]:81")]
    [InlineData("8080", "http://[::1]:81", "--port=82", "http://127.0.0.1:82")]
    [InlineData("8080", "http://[::1]:81", "--urls=http://*:83;http://*:84", "http://*:83 http://*:84")]
    public void The_address_is_chosen_by_argument_then_environment_then_local_settings(string local, string variable, string argument, string expected)
    {
        var settings = Read(options =>
        {
            options.Files["local.settings.json"] = $$"""{ "Host": { "LocalHttpPort": "{{local}}" } }""";
            options.Environment["ASPNETCORE_URLS"] = variable.Length > 0 ? variable : null;
            options.Args = argument.Length > 0 ? [argument] : [];
        });

        Assert.Equal(expected, string.Join(' ', ListenAddress.Of(settings)));
    }

    [Fact]
    public void A_file_that_is_not_JSON_is_named()
    {
        var fault = Assert.Throws<FunctionsStartupException>(() => Read(options => options.Files["host.json"] = "{ \"extensions\": "));

        Assert.Contains(Path.Combine(_folder, "host.json"), fault.Message);
    }

    private IConfiguration Read(Action<TestHostOptions> configure)
    {
        var options = new TestHostOptions();
        configure(options);
        return TestHost.CreateBuilder(options, _folder, TextWriter.Null).Configuration;
    }
}
