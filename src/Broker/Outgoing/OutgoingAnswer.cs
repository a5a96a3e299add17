namespace BuildFunctions.Broker.Outgoing;

/// <summary>What came of a call.</summary>
/// <param name="Status">Null where nothing was answered.</param>
/// <param name="Failure">Why there is no answer.</param>
/// <param name="Body">The start of the answer.</param>
/// <param name="Target">Who answered, after redirects.</param>
public sealed record OutgoingAnswer(int? Status, string? Failure, byte[] Body, OutgoingTarget? Target)
{
    public bool Succeeded => Status is >= 200 and < 300;

    internal static OutgoingAnswer None(string why) => new(null, why, [], null);
}
