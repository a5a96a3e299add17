using System.Text;

namespace BuildFunctions.Broker.Tests.Archives;

/// <summary>Archives of every form that tar programs are known to read in different ways, by chance.</summary>
internal static class OddArchive
{
    private static readonly string[] _names =
        ["index.html", "package.json", "app.json", "public/index.html", "public/a.js", "a", "b", "d/x", "d/y", "d/e/z", "é.txt", $"long/{new string('n', 130)}", $"deep/{new string('m', 90)}/{new string('o', 60)}"];

    private static readonly string[] _targets = ["index.html", "a", "d/x", "../index.html", "./a", "../../out", "/etc/passwd", "public", "b/", ""];

    public static byte[] Make(Random random)
    {
        var tar = new TarBuilder();
        var used = new List<string>();
        for (var left = random.Next(1, 7); left > 0; left--)
        {
            // Most entries are new and plain, or almost nothing would be accepted.
            var name = random.Next(8) == 0 ? _names[random.Next(_names.Length)] : _names.Except(used).ElementAt(random.Next(_names.Length - used.Count));
            used.Add(name);
            Add(tar, name, used, random);
            used = [.. used.Distinct()];
        }

        var bytes = random.Next(12) switch
        {
            0 => tar.Tar()[..random.Next(tar.Tar().Length)],
            1 => [.. tar.Tar(), .. new TarBuilder().File("index.html", "second").Tar()],
            2 => [.. tar.Unfinished(), .. new byte[512], .. new TarBuilder().File("hidden", "behind a lone block of zeros").Tar()],
            3 => Changed(tar.Tar(), random),
            _ => tar.Tar(),
        };
        var cut = random.Next(bytes.Length);
        return random.Next(6) switch
        {
            0 => bytes,
            1 => [.. TarBuilder.Gzip(bytes[..cut]), .. TarBuilder.Gzip(bytes[cut..])],
            2 when random.Next(3) == 0 => [.. TarBuilder.Gzip(bytes), .. TarBuilder.Gzip(new TarBuilder().File("index.html", "after").Tar())],
            _ => TarBuilder.Gzip(bytes),
        };
    }

    private static void Add(TarBuilder tar, string name, List<string> used, Random random)
    {
        Decorate(tar, name, random);
        var content = Encoding.UTF8.GetBytes($"{name} {random.Next(3)} {new string('c', random.Next(4) * 400)}");
        var mode = random.Next(2) == 0 ? 420 : 493;
        var field = Encoding.UTF8.GetByteCount(name) > 100 ? "short" : name;
        switch (random.Next(16))
        {
            case 0: tar.Entry('2', field, [], _targets[random.Next(_targets.Length)]); break;
            case 1: tar.Entry('1', field, [], random.Next(3) == 0 ? _targets[random.Next(_targets.Length)] : used[random.Next(used.Count)]); break;
            case 2: tar.Entry('5', field, [], mode: 493); break;
            case 3: tar.Entry('5', field + "/", [], mode: 493); break;
            case 4: tar.Entry('0', field + "/", random.Next(2) == 0 ? [] : content, mode: 493); break;
            case 5: tar.Entry('\0', field, content, mode: mode); break;
            case 6: tar.Entry('7', field, content, mode: mode); break;
            case 7: tar.Entry('0', "./" + field, content, mode: mode); break;
            case 8 when field.Contains('/'): tar.Entry('0', field[(field.LastIndexOf('/') + 1)..], content, mode: mode, prefix: field[..field.LastIndexOf('/')]); break;
            case 9: tar.Raw(Odd(field, content, random)).Raw(content).Raw(new byte[-content.Length & 511]); break;
            case 10: tar.Entry((char)random.Next(256), field, random.Next(2) == 0 ? [] : content, "a"); break;
            default: tar.Entry('0', field, content, mode: mode); break;
        }
    }

    /// <summary>Headers before the entry: those that name it, those that only seem to, and more than one.</summary>
    private static void Decorate(TarBuilder tar, string name, Random random)
    {
        var isLong = Encoding.UTF8.GetByteCount(name) > 100;
        switch (random.Next(isLong ? 4 : 20))
        {
            case 0: tar.Pax(("path", name)); break;
            case 1: tar.LongName(name); break;
            case 2: tar.Pax(("mtime", "1.5"), ("path", name)); break;
            case 3: tar.LongName(name); if (random.Next(2) == 0) { tar.Pax(("path", "a")); } break;
            case 4: tar.Pax(("mtime", "2")); break;
            case 5: tar.Pax(("path", name), ("path", "b")); break;
            case 6: tar.Pax(("size", $"{random.Next(3) * 5}")); break;
            case 7: tar.GlobalPax(("comment", "x")); break;
            case 8: tar.GlobalPax(("path", "b")); break;
            case 9: tar.Pax(("path", "")); break;
            case 10: tar.LongLink("a"); break;
            case 11: tar.Pax(("linkpath", "b"), ("GNU.sparse.name", "a")); break;
        }
    }

    /// <summary>One header whose fields are written in a way that some programs take and others don't.</summary>
    private static byte[] Odd(string name, byte[] content, Random random)
    {
        var whole = new TarBuilder().Entry('0', name, content).Unfinished()[..512];
        var size = whole.AsSpan(124, 12);
        switch (random.Next(9))
        {
            case 0: size.Clear(); size[0] = 0x80; size[10] = (byte)(content.Length >> 8); size[11] = (byte)content.Length; break;
            case 1: size.Clear(); Encoding.ASCII.GetBytes(Convert.ToString(content.Length, 8)).CopyTo(size[1..]); break;
            case 2: size.Fill((byte)' '); Encoding.ASCII.GetBytes(Convert.ToString(content.Length, 8)).CopyTo(size[3..]); break;
            case 3: size[11] = (byte)'7'; break;
            case 4: size.Clear(); break;
            case 5: "ustar  \0"u8.CopyTo(whole.AsSpan(257)); "old"u8.CopyTo(whole.AsSpan(345)); break;
            case 6: whole.AsSpan(257, 8).Clear(); if (random.Next(2) == 0) { "v7"u8.CopyTo(whole.AsSpan(345)); } break;
            case 7: "ustar  \0"u8.CopyTo(whole.AsSpan(257)); break;
            default: "tar\0"u8.CopyTo(whole.AsSpan(508)); break;
        }

        return TarBuilder.Sealed(whole);
    }

    private static byte[] Changed(byte[] tar, Random random)
    {
        tar[random.Next(tar.Length)] ^= (byte)random.Next(1, 256);
        return tar;
    }
}
