namespace BuildFunctions.Chaos.Builds;

/// <summary>What a customer wants of a build.</summary>
internal enum BuildKind
{
    /// <summary>Some lines, a page, live.</summary>
    Quick,

    /// <summary>Thousands of lines, followed by the customer over every kill.</summary>
    Long,

    /// <summary>Runs for seconds, so that it outlives a broker.</summary>
    Slow,

    /// <summary>Ends with an exit code of its own.</summary>
    Failing,

    /// <summary>Fails, and is retried once.</summary>
    Retried,

    /// <summary>The source of an earlier build: comes from the cache.</summary>
    Again,

    /// <summary>Nothing to build: the source is the site.</summary>
    Plain,

    Preview,

    /// <summary>Cloned from a repository on this machine.</summary>
    Git,

    /// <summary>The upload trickles, and is cut off and sent again.</summary>
    Trickled,

    /// <summary>Cancelled after a while, whatever it does then.</summary>
    Cancelled,

    /// <summary>Would run for minutes; only a cancel ends it.</summary>
    Endless,

    /// <summary>The source never comes.</summary>
    Unsent,

    /// <summary>The customer dies while it triggers and never asks again.</summary>
    Abandoned,
}
