using System.Text.Json;

namespace BuildFunctions.Embedded.Settings;

/// <summary>host.json and local.settings.json as configuration, the way the Functions host and Core Tools read them.</summary>
internal static class HostFiles
{
    private const string Values = "Values:";

    /// <summary>host.json under AzureFunctionsJobHost, where environment variables can override it; its log levels and Kestrel's settings at their usual place.</summary>
    public static void AddHostJson(IConfigurationBuilder builder, string folder)
    {
        var host = Read(folder, "host.json").AsEnumerable().ToList();
        builder.AddInMemoryCollection(host.Select(one => KeyValuePair.Create($"AzureFunctionsJobHost:{one.Key}", one.Value)));
        builder.AddInMemoryCollection(host.Where(one => IsUnder("logging:logLevel:", one.Key) || IsUnder("kestrel:", one.Key)));
    }

    /// <summary>"Values" stand for environment variables, so "__" separates sections as it does there; "Host" keeps its name.</summary>
    public static void AddLocalSettings(IConfigurationBuilder builder, string folder)
    {
        var local = Read(folder, "local.settings.json").AsEnumerable().ToList();
        builder.AddInMemoryCollection(local.Where(one => IsUnder("Host:", one.Key) || IsUnder("ConnectionStrings:", one.Key)));
        builder.AddInMemoryCollection(local.Where(one => IsUnder(Values, one.Key))
            .Select(one => KeyValuePair.Create(one.Key[Values.Length..].Replace("__", ":", StringComparison.Ordinal), one.Value))
            .DistinctBy(one => one.Key, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsUnder(string section, string key) => key.StartsWith(section, StringComparison.OrdinalIgnoreCase);

    private static IConfigurationRoot Read(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        var builder = new ConfigurationBuilder();
        if (File.Exists(path))
        {
            builder.AddJsonStream(new MemoryStream(File.ReadAllBytes(path)));
        }

        try
        {
            return builder.Build();
        }
        catch (Exception fault) when (fault is FormatException or JsonException)
        {
            throw new FunctionsStartupException([$"{path} is not valid JSON: {fault.Message}"]);
        }
    }
}
