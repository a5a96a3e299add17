using System.Text.Json;
using BuildFunctions.FunctionsHost.Catalog;

namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>The built or published Functions app.</summary>
internal sealed class AppFolder(string path)
{
    private static readonly JsonDocumentOptions _lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public string Path { get; } = path;

    /// <summary>The program and its first arguments, as the worker's build wrote them down.</summary>
    public string[] WorkerCommand()
    {
        var description = Read("worker.config.json")?.GetProperty("description")
            ?? throw new HostStartException($"{Path} has no worker.config.json: it is not the output of a Functions app's build.");
        var program = Text(description, "defaultExecutablePath") ?? "dotnet";
        var worker = Text(description, "defaultWorkerPath") ?? throw new HostStartException($"{File("worker.config.json")} names no defaultWorkerPath.");
        return [InFolder(program), .. description.TryGetProperty("arguments", out var more) ? more.EnumerateArray().Select(argument => argument.GetString()!) : [], File(worker)];
    }

    /// <summary>What the build knows of the functions; null when it wrote nothing down and the worker has to be asked.</summary>
    public IReadOnlyList<Function>? Functions() => Read("functions.metadata") is { } list
        ? [.. list.EnumerateArray().Select(function => new Function(
            function.GetProperty("name").GetString()!,
            [.. function.GetProperty("bindings").EnumerateArray().Select(binding => new FunctionBinding(binding))]))]
        : null;

    public IConfigurationRoot HostJson() => Flat("host.json");

    public IConfigurationRoot LocalSettings() => Flat("local.settings.json");

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    // A program beside the app is run from there; any other name is looked for on the path.
    private string InFolder(string program) =>
        program.Replace("{WorkerRoot}", "", StringComparison.Ordinal) is var name && System.IO.File.Exists(File(name)) ? File(name) : program;

    private string File(string name) => System.IO.Path.Combine(Path, name);

    private IConfigurationRoot Flat(string name)
    {
        var builder = new ConfigurationBuilder();
        if (Read(name) is { } json)
        {
            builder.AddJsonStream(new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(json)));
        }

        return builder.Build();
    }

    private JsonElement? Read(string name)
    {
        if (!System.IO.File.Exists(File(name)))
        {
            return null;
        }

        try
        {
            using var stream = System.IO.File.OpenRead(File(name));
            using var document = JsonDocument.Parse(stream, _lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new HostStartException($"{File(name)} is not valid JSON: {fault.Message}");
        }
    }
}
