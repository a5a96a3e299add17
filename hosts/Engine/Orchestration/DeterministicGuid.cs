using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Engine.Orchestration;

/// <summary>RFC 4122 version 5 over instance, time and counter: the same on each replay.</summary>
internal static class DeterministicGuid
{
    private static readonly byte[] Namespace = new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true);

    public static Guid Create(string instanceId, DateTime now, int counter)
    {
        byte[] name = [.. Namespace, .. Encoding.UTF8.GetBytes($"{instanceId}_{now:o}_{counter}")];
#pragma warning disable CA5350 // The format is SHA-1 by definition; nothing is protected by it.
        var hash = SHA1.HashData(name).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
