namespace BuildFunctions.Sources.Detection;

// What a script of package.json comes to run, through the other scripts that it names.
internal static class BuildScript
{
    private const int MostScripts = 20;
    private const int Longest = 4000;

    private static readonly char[] Breaks = [' ', '&', ';', '|', '"', '\'', '(', ')'];

    public static bool Runs(AppFolder app, string script, Func<string, bool> tool)
    {
        var scripts = app.Manifest!.Scripts;
        var seen = new HashSet<string> { script };
        for (var next = new Queue<string>(seen); next.TryDequeue(out var name) && seen.Count <= MostScripts;)
        {
            var words = scripts.GetValueOrDefault(name, "") is var text
                ? text[..Math.Min(text.Length, Longest)].Split(Breaks, StringSplitOptions.RemoveEmptyEntries) : [];
            if (words.Any(tool))
            {
                return true;
            }

            foreach (var word in words.Where(scripts.ContainsKey).Where(seen.Add))
            {
                next.Enqueue(word);
            }
        }

        return false;
    }
}
