using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Sources.Trees;

namespace BuildFunctions.Sources.Settings;

/// <summary>Reads <c>app.json</c>: comments and trailing commas are allowed, unknown fields are warned of, every fault is listed with its line.</summary>
public static class AppSettingsFile
{
    public const string Name = "app.json";

    /// <returns>Null when the tree has no such file.</returns>
    public static AppSettingsReading? Read(ISourceTree tree, string root = "")
    {
        var path = root.Length == 0 ? Name : $"{root}/{Name}";
        return tree.ReadText(path) is { } text ? Parse(text, path) : null;
    }

    public static AppSettingsReading Parse(string text, string file = Name)
    {
        var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
        var reader = new JsonFieldReader(bytes, file);
        try
        {
            var settings = ReadApp(ref reader);
            return new AppSettingsReading(reader.Faults.Count == 0 ? settings : null, reader.Faults, reader.Warnings);
        }
        catch (JsonException failure)
        {
            reader.Faults.Add($"{file}:{(failure.LineNumber ?? 0) + 1}: is not JSON: {failure.Message.Split(" LineNumber:")[0]}");
            return new AppSettingsReading(null, reader.Faults, reader.Warnings);
        }
    }

    private static AppSettings ReadApp(ref JsonFieldReader reader)
    {
        var settings = new AppSettings();
        if (!reader.Enter("app.json"))
        {
            return settings;
        }

        // An Expo or React Native app keeps its own settings in a file of this name.
        var shared = false;
        string? name = null;
        var nameLine = 0;
        while (reader.Next() is { } field)
        {
            switch (field)
            {
                case "name":
                    nameLine = reader.Line;
                    name = reader.Text("name");
                    break;
                case "build":
                    settings = settings with { Build = reader.IsText ? new BuildSettings { Command = reader.Text("build") } : ReadBuild(ref reader) };
                    break;
                case "exclude":
                    settings = settings with { Exclude = reader.Texts("exclude") };
                    break;
                case "$schema" or "expo" or "displayName":
                    shared |= field is not "$schema";
                    reader.Skip();
                    break;
                default:
                    reader.Unknown(field);
                    break;
            }
        }

        var valid = AppName.TryParse(name, out _);
        if (name is not null && !valid && !shared)
        {
            reader.Fault(nameLine, "\"name\" must have 1 to 63 lower-case letters, digits and inner hyphens");
        }

        return settings with { Name = valid ? name : null };
    }

    private static BuildSettings ReadBuild(ref JsonFieldReader reader)
    {
        var build = new BuildSettings();
        if (!reader.Enter("build"))
        {
            return build;
        }

        while (reader.Next() is { } field)
        {
            switch (field)
            {
                case "provider": build = build with { Provider = reader.Text("build.provider") }; break;
                case "repo": build = build with { Repo = reader.Text("build.repo") }; break;
                case "command": build = build with { Command = reader.Text("build.command") }; break;
                case "install": build = build with { Install = reader.Text("build.install") }; break;
                case "output": build = build with { Output = reader.Folder("build.output") }; break;
                case "root": build = build with { Root = reader.Folder("build.root") }; break;
                case "node": build = build with { Node = reader.Text("build.node", numberToo: true) }; break;
                case "secrets": build = build with { Secrets = reader.Texts("build.secrets") }; break;
                case "env": build = build with { Env = reader.Variables("build.env") }; break;
                default: reader.Unknown("build." + field); break;
            }
        }

        return build;
    }
}
