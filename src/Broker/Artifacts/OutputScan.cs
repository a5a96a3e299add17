using BuildFunctions.Broker.Secrets.Redaction;

namespace BuildFunctions.Broker.Artifacts;

/// <summary>Looks for what nobody means to publish, while the bytes go by.</summary>
internal sealed class OutputScan(string path, bool executable)
{
    // The longest secret that is looked for, so that none hides on a border between two reads.
    private const int Overlap = 512;

    private static readonly TokenShape[] _shapes = [.. TokenShapes.Known.Where(shape => shape.What is not null)];

    private readonly HashSet<string> _found = [];
    private byte[] _before = [];
    private bool _begun;

    public IEnumerable<string> Warnings => NameWarning().Concat(_found).Select(what => $"{path}: {what}");

    public void Read(ReadOnlySpan<byte> bytes)
    {
        if (!_begun && Program(bytes) is { } program)
        {
            _found.Add(program);
        }

        _begun = true;
        byte[] border = [.. _before, .. bytes[..Math.Min(Overlap, bytes.Length)]];
        foreach (var shape in _shapes)
        {
            if (shape.IsIn(bytes) || shape.IsIn(border))
            {
                _found.Add($"holds what looks like {shape.What}");
            }
        }

        if (TokenShape.BeginsPrivateKey(bytes) || TokenShape.BeginsPrivateKey(border))
        {
            _found.Add("holds what looks like a private key");
        }

        _before = [.. _before.Concat(bytes[^Math.Min(Overlap, bytes.Length)..].ToArray()).TakeLast(Overlap)];
    }

    private string? Program(ReadOnlySpan<byte> start) =>
        start.StartsWith("\u007FELF"u8) ? "is a program (ELF)"
        : start.StartsWith((ReadOnlySpan<byte>)[0xCF, 0xFA, 0xED, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xCE, 0xFA, 0xED, 0xFE]) ? "is a program (Mach-O)"
        : start.StartsWith("MZ"u8) && start.Length > 64 ? "is a program (PE)"
        : executable && start.StartsWith("#!"u8) ? "is an executable script"
        : null;

    private IEnumerable<string> NameWarning()
    {
        var name = path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
        return name == ".env" || name.StartsWith(".env.", StringComparison.Ordinal) || name is ".npmrc" or ".netrc" or "id_rsa" or "id_ed25519" or ".htpasswd"
            || name.EndsWith(".pem", StringComparison.Ordinal) || name.EndsWith(".pfx", StringComparison.Ordinal)
            ? ["has the name of a file that holds secrets"] : [];
    }
}
