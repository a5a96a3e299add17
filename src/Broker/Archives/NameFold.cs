using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace BuildFunctions.Broker.Archives;

/// <summary>The form in which two names are equal on a file system that ignores case and Unicode form.</summary>
internal static class NameFold
{
    private const int Hangul = 0xAC00, HangulEnd = 0xD7A3, Lead = 0x1100, Vowel = 0x1161, Tail = 0x11A7;

    // string.Normalize does nothing without ICU, which the app does not carry.
    private static readonly Lazy<FrozenDictionary<int, int[]>> _decompositions = new(Load);

    public static string Of(string name) => Ascii.IsValid(name) ? name.ToLowerInvariant() : Decomposed(name).ToUpperInvariant().ToLowerInvariant();

    private static string Decomposed(string name)
    {
        var runes = new List<Rune>(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            runes.AddRange(Parts(rune.Value).Select(part => new Rune(part)));
        }

        // Marks in any order count as the same, which refuses a little more than canonical order would.
        for (var start = 0; start < runes.Count; start++)
        {
            var end = start;
            while (end < runes.Count && Rune.GetUnicodeCategory(runes[end]) == UnicodeCategory.NonSpacingMark)
            {
                end++;
            }

            runes.Sort(start, end - start, null);
            start = Math.Max(start, end - 1);
        }

        return string.Concat(runes);
    }

    private static int[] Parts(int rune)
    {
        if (rune is < Hangul or > HangulEnd)
        {
            return _decompositions.Value.TryGetValue(rune, out var parts) ? parts : [rune];
        }

        var (index, tail) = ((rune - Hangul) / 28, (rune - Hangul) % 28);
        return tail == 0 ? [Lead + (index / 21), Vowel + (index % 21)] : [Lead + (index / 21), Vowel + (index % 21), Tail + tail];
    }

    private static FrozenDictionary<int, int[]> Load()
    {
        using var reader = new StreamReader(typeof(NameFold).Assembly.GetManifestResourceStream("CanonicalDecompositions.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ').Select(part => int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray())
            .ToFrozenDictionary(line => line[0], line => line[1..]);
    }
}
