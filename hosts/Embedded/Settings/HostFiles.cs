using System.Text.Json;

namespace BuildFunctions.Embedded.Settings;

/// <summary>host.json and local.settings.json as configuration, the way the Functions host and Core Tools read them.</summary>
internal static class HostFiles
{
    /// <summary>host.json under AzureFunctionsJobHost, where environment variables can override it; its log levels and Kestrel's settings at their usual place.</summary>
    public static void AddHostJson(IConfigurationBuilder builder, string folder)
    {
        var host = Read(folder, "host.json");
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in host.AsEnumerable())
        {
            settings[$"AzureFunctionsJobHost:{key}"] = value;
            if (key.StartsWith("logging:logLevel:", StringComparison.OrdinalIgnoreCase) || key.StartsWith("kestrel:", StringComparison.OrdinalIgnoreCase))
            {
                settings[key] = value;
            }
        }

        builder.AddInMemoryCollection(settings);
    }

    /// <summary>"Values" stand for environment variables, so "__" separates sections as it does there; "Host" keeps its name.</summary>
    public static void AddLocalSettings(IConfigurationBuilder builder, string folder)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in Read(folder, "local.settings.json").AsEnumerable())
        {
            if (key.StartsWith("Values:", StringComparison.OrdinalIgnoreCase))
            {
                settings[key["Values:".Length..].Replace("__", ":", StringComparison.Ordinal)] = value;
            }
            else if (key.StartsWith("Host:", StringComparison.OrdinalIgnoreCase) || key.StartsWith("ConnectionStrings:", StringComparison.OrdinalIgnoreCase))
            {
                settings[key] = value;
            }
        }

        builder.AddInMemoryCollection(settings);
    }

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
