namespace BuildFunctions.Conformance;

public enum ClientOperation
{
    Start,
    Raise,
    Terminate,
    Suspend,
    Resume,
    Purge,
    Restart,
    Get,
    WaitForStart,
    WaitForEnd,
}
