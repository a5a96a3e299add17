using System.Globalization;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Compute;

/// <summary>One attempt of one build: what a start is idempotent by. Its text is safe as a file name, label and idempotency key.</summary>
public readonly record struct RunId(BuildId Build, int Attempt)
{
    public static bool TryParse(string? text, out RunId id)
    {
        var dash = text?.LastIndexOf('-') ?? -1;
        id = default;
        if (dash < 0 || !BuildId.TryParse(text![..dash], out var build)
            || !int.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var attempt))
        {
            return false;
        }

        id = new(build, attempt);
        return true;
    }

    public override string ToString() => $"{Build}-{Attempt}";
}
