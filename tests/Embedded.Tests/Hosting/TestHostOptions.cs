namespace BuildFunctions.Embedded.Tests.Hosting;

internal sealed class TestHostOptions
{
    public Type[] Types { get; set; } = [];

    public string[] Args { get; set; } = ["--port", "0"];

    public Dictionary<string, string> Files { get; } = [];

    public Dictionary<string, string?> Environment { get; } = new() { ["Logging__LogLevel__Default"] = "None" };

    public Action<EmbeddedApplicationBuilder> Configure { get; set; } = _ => { };
}
