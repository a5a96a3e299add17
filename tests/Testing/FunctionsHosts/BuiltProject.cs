namespace BuildFunctions.Testing.FunctionsHosts;

/// <summary>What a project of this repository was built to, in the configuration that the tests were built in.</summary>
public static class BuiltProject
{
    /// <param name="project">The project's folder from the root on, such as <c>hosts/Functions</c>.</param>
    public static string Folder(string project)
    {
        // …/bin/CONFIGURATION/FRAMEWORK/
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = Path.Combine(RepositoryRoot.Path, project, "bin", own.Parent!.Name, own.Name);
        return Directory.Exists(folder)
            ? folder
            : throw new InvalidOperationException($"{folder} is not there. The test project has to reference {project}, with ReferenceOutputAssembly=\"false\".");
    }
}
