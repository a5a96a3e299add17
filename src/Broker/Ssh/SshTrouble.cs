namespace BuildFunctions.Broker.Ssh;

/// <summary>Why a machine could not be used.</summary>
public enum SshTrouble
{
    /// <summary>There is no connection.</summary>
    Unreachable,

    /// <summary>It shows another host key than the pinned one.</summary>
    HostKey,

    /// <summary>It does not take the user's key.</summary>
    Login,

    /// <summary>The connection broke off, or nothing came over it for too long.</summary>
    Cut,

    /// <summary>It failed a moment ago and is left alone for a while.</summary>
    Resting,

    /// <summary>It answers with what makes no sense.</summary>
    Answer,
}
