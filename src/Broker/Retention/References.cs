using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BuildFunctions.Broker.Retention;

/// <summary>
/// What is still needed. Sixteen bytes stand for a name, so that a million references are some forty megabytes; the blobs themselves are never
/// held, they pass by in pages. Should two names ever stand for the same bytes, something is kept too long.
/// </summary>
internal sealed class References
{
    private readonly HashSet<UInt128> _names = [];

    public void Add(string kind, string? name)
    {
        if (name is not null)
        {
            _names.Add(Of(kind, name));
        }
    }

    public bool Has(string kind, string name) => _names.Contains(Of(kind, name));

    private static UInt128 Of(string kind, string name) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}|{name}")));
}
