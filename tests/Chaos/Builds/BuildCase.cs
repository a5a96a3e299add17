namespace BuildFunctions.Chaos.Builds;

/// <summary>All that is decided about one build before it begins; number and seed decide it.</summary>
internal sealed record BuildCase
{
    public required int Number { get; init; }

    public required BuildKind Kind { get; init; }

    public required string App { get; init; }

    /// <summary>What the site shows once this build is live; no other source has the same.</summary>
    public required string Page { get; init; }

    public int Lines { get; init; }

    public double Seconds { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Into the trigger for <see cref="BuildKind.Abandoned"/>, into the build where it is cancelled.</summary>
    public TimeSpan Patience { get; init; }

    /// <summary>The build whose source this is once more.</summary>
    public int? Repeats { get; init; }

    /// <summary>Whether the customer promotes or rolls back after a success.</summary>
    public bool Switches { get; init; }

    /// <summary>For the customer's own choices.</summary>
    public required int Seed { get; init; }

    public string Key => $"chaos-{Number}";

    public bool Runs => Kind is not (BuildKind.Again or BuildKind.Plain or BuildKind.Unsent or BuildKind.Abandoned);

    public bool IsCancelled => Kind is BuildKind.Cancelled or BuildKind.Endless;
}
