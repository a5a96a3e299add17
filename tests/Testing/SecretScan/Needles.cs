using System.Runtime.InteropServices;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>Looks for all spellings of all canaries in one pass.</summary>
internal sealed class Needles
{
    private readonly ulong[] _marks = new ulong[1024];
    private readonly Dictionary<uint, List<(Canary Canary, string Spelling, byte[] Bytes)>> _byStart = [];

    public Needles(IEnumerable<Canary> canaries)
    {
        foreach (var canary in canaries)
        {
            foreach (var (name, bytes) in Spellings.Of(canary))
            {
                var start = MemoryMarshal.Read<uint>(bytes);
                _marks[Mark(start) >> 6] |= 1UL << (Mark(start) & 63);
                CollectionsMarshal.GetValueRefOrAddDefault(_byStart, start, out _) ??= [];
                _byStart[start].Add((canary, name, bytes));
                Longest = Math.Max(Longest, bytes.Length);
            }
        }
    }

    public int Longest { get; }

    public IEnumerable<(Canary Canary, string Spelling)> In(ReadOnlySpan<byte> text)
    {
        List<(Canary, string)> found = [];
        for (var i = 0; i <= text.Length - sizeof(uint); i++)
        {
            var start = MemoryMarshal.Read<uint>(text[i..]);
            if ((_marks[Mark(start) >> 6] & (1UL << (Mark(start) & 63))) != 0 && _byStart.TryGetValue(start, out var needles))
            {
                foreach (var needle in needles)
                {
                    if (text[i..].StartsWith(needle.Bytes))
                    {
                        found.Add((needle.Canary, needle.Spelling));
                    }
                }
            }
        }

        return found;
    }

    private static int Mark(uint start) => (int)((start * 2654435761u) >> 16);
}
