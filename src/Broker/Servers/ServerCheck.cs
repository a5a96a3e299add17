using System.Buffers;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>What requests may say of servers; every fault is told at once.</summary>
internal static class ServerCheck
{
    private const int MostWords = 20;
    private const int LongestWord = 60;
    private const int LongestPath = 200;
    private const int LongestImage = 300;
    private const int MostSlots = 256;

    private static readonly SearchValues<char> _word = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");
    private static readonly SearchValues<char> _path = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/+@");
    private static readonly SearchValues<char> _image = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/:@");

    public static IReadOnlyList<ValidationFault> Faults(ServerRequest request) =>
    [
        .. Unless(ServerName.IsValid(request.Name ?? ""), "name", "'name' has 1 to 40 lower-case letters, digits and inner hyphens."),
        .. new SshAddress(request.Host ?? "", request.Port ?? SshAddress.DefaultPort, request.User ?? "").Faults(),
        .. Unless(request.HostKey is null || SshHostKey.TryParse(request.HostKey, out _), "hostKey", "'hostKey' is a fingerprint as 'ssh-keygen -l' writes it: SHA256:…"),
        .. Unless(AreWords(request.Architectures), "architectures", $"'architectures' holds {MostWords} names such as x86_64 at the most."),
        .. Unless(AreWords(request.Labels), "labels", $"'labels' holds {MostWords} words at the most."),
        .. Unless(request.Slots is null or (> 0 and <= MostSlots), "slots", $"'slots' is between 1 and {MostSlots}."),
        .. Unless(request.WorkspaceRoot is null || IsFolder(request.WorkspaceRoot), "workspaceRoot", "'workspaceRoot' is the absolute path of a folder, in plain letters."),
    ];

    public static IReadOnlyList<ValidationFault> Faults(ServerNeeds needs) =>
    [
        .. Unless(needs.Name is null || ServerName.IsValid(needs.Name), "server", "'server.name' is the name of a build server."),
        .. Unless(AreWords(needs.Architecture is { } one ? [one] : null), "server", "'server.architecture' is a name such as x86_64."),
        .. Unless(AreWords(needs.Labels), "server", $"'server.labels' holds {MostWords} words at the most."),
        .. Unless(
            needs.Toolchains is null || (needs.Toolchains.Count <= MostWords && needs.Toolchains.All(tool => ToolchainNeed.TryParse(tool, out _))),
            "server", "'server.toolchains' holds tools with their versions, such as gcc>=12,<14."),
        .. Unless(needs.Disk is null or >= 0, "server", "'server.disk' is a number of bytes."),
        .. Unless(needs.WorkspaceRoot is null || IsFolder(needs.WorkspaceRoot), "server", "'server.workspaceRoot' is the absolute path of a folder, in plain letters."),
        .. Unless(needs.Image is null || IsImage(needs.Image), "server", "'server.image' is the name of a container image."),
    ];

    /// <summary>An absolute path that no program takes for anything else.</summary>
    public static bool IsFolder(string path) =>
        path.Length is > 1 and <= LongestPath && path[0] == '/' && !path.AsSpan().ContainsAnyExcept(_path) && !path.Split('/').Any(part => part is ".." or "." || part.StartsWith('-'));

    private static bool IsImage(string image) => image.Length is > 0 and <= LongestImage && image[0] is not ('-' or '/' or '.') && !image.AsSpan().ContainsAnyExcept(_image);

    private static bool AreWords(IReadOnlyList<string>? words) =>
        words is null || (words.Count <= MostWords
            && words.All(word => word.Length is > 0 and <= LongestWord && word[0] != '-' && !word.AsSpan().ContainsAnyExcept(_word)));

    private static ValidationFault[] Unless(bool valid, string field, string message) => valid ? [] : [new(field, message)];
}
