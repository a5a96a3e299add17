using System.Reflection;
using System.Text.Json.Nodes;
using BuildFunctions.Testing;

namespace BuildFunctions.Infra.Tests.Templates;

/// <summary>infra/main.bicep as the resource manager gets it.</summary>
internal static class Bicep
{
    private static readonly Lazy<Task<JsonNode>> _template = new(CompileAsync);

    public static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "infra");

    public static Task<JsonNode> TemplateAsync() => _template.Value;

    public static Task<Tool> RunAsync(string command, string file, params (string Name, string Value)[] environment) =>
        Tool.RunAsync(Program, [command, Path.Combine(Folder, file), "--stdout", "--no-restore"], environment);

    public static Task<Tool> LintAsync(string file) => Tool.RunAsync(Program, ["lint", Path.Combine(Folder, file), "--no-restore"]);

    /// <summary>All resources, those of the modules too.</summary>
    public static IEnumerable<JsonNode> Resources(JsonNode template) => (template["resources"] switch
    {
        JsonObject named => named.Select(resource => resource.Value!),
        var listed => listed!.AsArray().Select(resource => resource!),
    }).SelectMany(resource => resource["type"]!.GetValue<string>() == "Microsoft.Resources/deployments"
        ? Resources(resource["properties"]!["template"]!)
        : [resource]);

    private static string Program { get; } = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Bicep").Value!;

    private static async Task<JsonNode> CompileAsync()
    {
        var run = await RunAsync("build", "main.bicep");
        return run.ExitCode == 0 ? JsonNode.Parse(run.Output)! : throw new InvalidOperationException(run.Errors);
    }
}
