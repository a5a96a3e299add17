namespace BuildFunctions.Engine.Hub;

/// <summary>What became of a message: durable, or refused because of where its instance is.</summary>
internal enum Delivery
{
    Taken,
    Unknown,
    Ended,
}
