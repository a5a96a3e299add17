using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Builds;

/// <summary>The rows of the builds table. A build is a partition; the lists are partitions whose rows run from new to old.</summary>
internal static class BuildKeys
{
    public const string Record = "build";
    public const string Source = "source";
    public const string Plan = "plan";
    public const string Key = "key";
    public const string AllBuilds = "all";
    public const string OpenBuilds = "open";
    public const string AppLists = "app|", AppListsEnd = "app}";

    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Whether this can be the beginning of an id.</summary>
    public static bool IsBeginning(string text) =>
        text.StartsWith(BuildId.Prefix, StringComparison.Ordinal) && text.Length <= BuildId.Prefix.Length + 26 && text[BuildId.Prefix.Length..].All(Alphabet.Contains);

    public static string TimelineRow(string key) => $"t|{key}";

    public static string AppList(AppName app) => $"{AppLists}{app}";

    public static string IdempotencyPartition(string key) => $"key|{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))}";

    /// <summary>Tables list rows upwards; the digits are turned round so that the newest build comes first.</summary>
    public static string NewestFirst(BuildId id) => NewestFirst(id.ToString());

    /// <param name="beginning">Of an id: its rows begin with what comes of it.</param>
    public static string NewestFirst(string beginning)
    {
        var text = beginning.AsSpan(BuildId.Prefix.Length);
        Span<char> inverted = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            inverted[i] = Alphabet[31 - Alphabet.IndexOf(text[i], StringComparison.Ordinal)];
        }

        return new string(inverted);
    }
}
