namespace BuildFunctions.Engine.Tests.Storage;

internal enum MoveKind
{
    Start,
    Turn,

    /// <summary>A turn that would not fit the current page.</summary>
    LongTurn,

    /// <summary>A turn whose event refers to a payload blob.</summary>
    PayloadTurn,
    Complete,
    Continue,
    Restart,
    Purge,
}
