namespace BuildFunctions.Broker.Outgoing;

internal enum AddressKind
{
    Public,

    /// <summary>Somebody's own network.</summary>
    Private,

    /// <summary>This machine, the cloud's metadata, tunnels, multicast, or nobody's.</summary>
    Special,
}
