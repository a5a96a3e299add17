namespace BuildFunctions.Cli.Terminals;

/// <summary>A column of a <see cref="Listing"/>, and what may become of it where the terminal is narrow. Ids and addresses are never cut.</summary>
internal sealed record Column(string Heading)
{
    /// <summary>It can be left out.</summary>
    public bool IsExtra { get; private init; }

    /// <summary>It can be cut.</summary>
    public bool IsText { get; private init; }

    public static Column Extra(string heading) => new(heading) { IsExtra = true };

    public static Column Text(string heading) => new(heading) { IsText = true };

    public static implicit operator Column(string heading) => new(heading);
}
