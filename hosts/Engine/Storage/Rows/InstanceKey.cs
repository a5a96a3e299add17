using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace BuildFunctions.Engine.Storage.Rows;

/// <summary>
/// How an instance id is written in row keys and blob names: as it is when that is safe everywhere (paths, sort order, '..'), else as a hash;
/// the id itself is a column. Every key of an instance is built here.
/// </summary>
internal readonly partial record struct InstanceKey(string Text)
{
    public const int Shards = 4;

    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    public int ShardIndex => (int)(Text.Aggregate(FnvOffset, (hash, unit) => (hash ^ unit) * FnvPrime) % Shards);

    public string Shard => ShardName(ShardIndex);

    public string Live => LivePrefix + Text;

    public string Terminal => TerminalPrefix + Text;

    public string Blobs => Text + "/";

    public static string LivePrefix => "L|";

    public static string TerminalPrefix => "T|";

    public static string PagePrefix => "P|";

    /// <summary>Sorts after every key of an instance, and before every plain character.</summary>
    public static string HashPrefix => "~";

    public static InstanceKey Of(string id) =>
        new(Plain().IsMatch(id) ? id : HashPrefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(id)).AsSpan(0, 20)));

    /// <summary>The instance of a row key of any kind: what stands between the first two bars.</summary>
    public static InstanceKey OfRow(string rowKey) => new(rowKey.Split('|')[1]);

    public static InstanceKey OfBlob(string name) => new(name[..Math.Max(0, name.IndexOf('/', StringComparison.Ordinal))]);

    public static string ShardName(int index) => $"s{index:D2}";

    public static int GenerationOfPage(string rowKey) => int.Parse(rowKey.Split('|')[2]);

    public string Page(int generation, int page) => $"{Pages(generation)}{page:D6}";

    public string Pages(int generation) => $"{PagePrefix}{Text}|{generation:D6}|";

    public string Pages() => $"{PagePrefix}{Text}|";

    /// <summary>The first key after all keys with this prefix.</summary>
    public static string After(string prefix) => prefix[..^1] + (char)(prefix[^1] + 1);

    public override string ToString() => Text;

    [GeneratedRegex(@"^[A-Za-z0-9]([A-Za-z0-9._:@-]{0,98}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
