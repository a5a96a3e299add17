namespace BuildFunctions.Cli.Projects;

/// <summary>What a folder remembers of its deployments.</summary>
/// <param name="App">The app that it was deployed as.</param>
/// <param name="Folder">Names the folder to brokers, where no origin of a git repository does; random.</param>
internal sealed record RememberedApp(string? App, string Folder);
