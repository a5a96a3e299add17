namespace BuildFunctions.Sources.Detection.Frameworks;

// A folder that a configuration names, seen from the file's own folder where it says so, else from wherever the tool starts to count.
internal sealed record ConfigFolder(string Path, bool FromConfig);
