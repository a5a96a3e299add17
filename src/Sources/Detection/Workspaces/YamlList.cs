namespace BuildFunctions.Sources.Detection.Workspaces;

// One top-level list of plain texts, block or inline: all that pnpm-workspace.yaml needs read.
internal static class YamlList
{
    public static IReadOnlyList<string> Read(string yaml, string key)
    {
        var items = new List<string>();
        var inside = false;
        foreach (var line in yaml.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            if (text[0] != '-' && !char.IsWhiteSpace(line[0]))
            {
                inside = text.StartsWith(key + ":", StringComparison.Ordinal);
                items.AddRange(inside ? Inline(text[(key.Length + 1)..].Trim()) : []);
            }
            else if (inside && text[0] == '-')
            {
                items.Add(Plain(text[1..]));
            }
        }

        return items;
    }

    private static IEnumerable<string> Inline(string value) => value.StartsWith('[') ? value.Trim('[', ']').Split(',').Select(Plain).Where(item => item.Length > 0) : [];

    private static string Plain(string item)
    {
        var text = item.Trim();
        return text is ['"' or '\'', ..] && text.IndexOf(text[0], 1) is var end and > 0 ? text[1..end] : text.Split(" #")[0].Trim();
    }
}
