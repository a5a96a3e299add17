using System.Text.Json;

namespace BuildFunctions.FunctionsHost.Settings;

/// <summary>The built or published Functions app.</summary>
internal sealed class AppFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>The program and its first arguments, as the worker's build wrote them down.</summary>
    public string[] WorkerCommand()
    {
        var description = Configuration("worker.config.json").GetSection("description");
        var worker = description["defaultWorkerPath"] ?? throw new HostStartException($"{Path} has no worker.config.json that names a worker: it is not the output of a Functions app's build.");
        // A program beside the app is run from there; any other name is looked for on the path.
        var program = (description["defaultExecutablePath"] ?? "dotnet").Replace("{WorkerRoot}", "", StringComparison.Ordinal);
        return [System.IO.File.Exists(File(program)) ? File(program) : program, File(worker)];
    }

    /// <summary>What the build knows of the functions; null when it wrote nothing down and the worker has to be asked.</summary>
    public IReadOnlyList<Function>? Functions() => System.IO.File.Exists(File("functions.metadata"))
        ? [.. JsonSerializer.Deserialize<JsonElement[]>(System.IO.File.ReadAllBytes(File("functions.metadata")))!.Select(function => new Function(
            function.GetProperty("name").GetString()!, [.. function.GetProperty("bindings").EnumerateArray().Select(binding => new FunctionBinding(binding))]))]
        : null;

    /// <summary>A JSON file of the app, comments and trailing commas allowed; nothing if it is not there.</summary>
    public IConfigurationRoot Configuration(string file)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(File(file), optional: true).Build();
        }
        catch (InvalidDataException fault)
        {
            throw new HostStartException($"{File(file)} is not valid JSON: {fault.InnerException?.Message}");
        }
    }

    private string File(string name) => System.IO.Path.Combine(Path, name);
}
