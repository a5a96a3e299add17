using System.Buffers;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Ssh;

/// <summary>Where a machine is and who logs in there.</summary>
public sealed record SshAddress(string Host, int Port, string User)
{
    public const int DefaultPort = 22;

    private const int LongestHost = 253;
    private const int LongestUser = 64;

    private static readonly SearchValues<char> _userLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-@+");

    /// <summary>What is wrong with it; nothing where it is fit to be used.</summary>
    public IReadOnlyList<ValidationFault> Faults() =>
    [
        .. IsHost(Host) ? [] : new[] { new ValidationFault("host", "The host is a name or an address, such as build.example.com, 192.0.2.7 or 2001:db8::7.") },
        .. Port is > 0 and <= ushort.MaxValue ? [] : new[] { new ValidationFault("port", "The port is between 1 and 65535.") },
        .. IsUser(User) ? [] : new[] { new ValidationFault("user", $"The user has 1 to {LongestUser} letters, digits and . _ - @ +, and does not begin with '-'.") },
    ];

    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"{User}@[{Host}]:{Port}" : $"{User}@{Host}:{Port}";

    private static bool IsHost(string host) =>
        host.Length is > 0 and <= LongestHost && host[0] is not '-' and not '['
        && Uri.CheckHostName(host) is not (UriHostNameType.Unknown or UriHostNameType.Basic);

    private static bool IsUser(string user) => user.Length is > 0 and <= LongestUser && user[0] != '-' && !user.AsSpan().ContainsAnyExcept(_userLetters);
}
