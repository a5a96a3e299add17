using System.Buffers;

namespace BuildFunctions.Broker.Servers;

/// <summary>Names of servers stand in keys, labels and commands: 1 to 40 lower-case letters, digits and inner hyphens.</summary>
internal static class ServerName
{
    private const int Longest = 40;

    private static readonly SearchValues<char> _letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool IsValid(string name) => name.Length is > 0 and <= Longest && name[0] != '-' && name[^1] != '-' && !name.AsSpan().ContainsAnyExcept(_letters);
}
