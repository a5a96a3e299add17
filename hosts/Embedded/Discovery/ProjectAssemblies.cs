using System.Reflection;
using System.Text.Json;

namespace BuildFunctions.Embedded.Discovery;

/// <summary>The app's own assemblies that use this one: where functions and extensions can be.</summary>
internal static class ProjectAssemblies
{
    private static readonly string Own = typeof(ProjectAssemblies).Assembly.GetName().Name!;

    public static IReadOnlyList<Assembly> Of(Assembly entry) =>
        [.. Names(entry).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(Assembly.Load)
            .Where(assembly => assembly.GetReferencedAssemblies().Any(name => name.Name == Own))];

    // The compiler drops references that no code uses, so the entry assembly may not name the project that holds the functions;
    // the dependency file that the SDK writes names every project.
    private static IEnumerable<string> Names(Assembly entry)
    {
        yield return entry.GetName().Name!;
        var file = Path.Combine(AppContext.BaseDirectory, $"{entry.GetName().Name}.deps.json");
        if (!File.Exists(file))
        {
            foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
            {
                if (IsOwn(Path.GetFileNameWithoutExtension(path), entry))
                {
                    yield return Path.GetFileNameWithoutExtension(path);
                }
            }

            yield break;
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        var projects = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").ValueEquals("project"))
            .Select(library => library.Name)
            .ToHashSet();
        foreach (var library in json.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject()))
        {
            if (projects.Contains(library.Name) && library.Value.TryGetProperty("runtime", out var files))
            {
                foreach (var assembly in files.EnumerateObject())
                {
                    yield return Path.GetFileNameWithoutExtension(assembly.Name);
                }
            }
        }
    }

    /// <summary>Without a dependency file: what shares the first part of the entry assembly's name.</summary>
    private static bool IsOwn(string name, Assembly entry) =>
        name.StartsWith(entry.GetName().Name!.Split('.')[0], StringComparison.OrdinalIgnoreCase);
}
