using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Deployments;

/// <summary>The rows of an app's partition. Ids stand mirrored in their alphabet, so that the newest comes first.</summary>
internal static class DeploymentKeys
{
    public const string Live = "live";
    public const string Deployments = "d!", DeploymentsEnd = "d\"";
    public const string History = "h!", HistoryEnd = "h\"";
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string Of(DeploymentId id) => Deployments + Mirrored(id.ToString()[DeploymentId.Prefix.Length..]);

    public static string Of(DeploySequence sequence) => History + Mirrored(sequence.ToString());

    private static string Mirrored(string id) => string.Create(id.Length, id, (span, text) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            span[i] = Alphabet[^(Alphabet.IndexOf(text[i], StringComparison.Ordinal) + 1)];
        }
    });
}
