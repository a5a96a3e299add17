namespace BuildFunctions.Broker.Failures;

/// <summary>What can go wrong on the way, as opposed to what is expected; each edge maps it once.</summary>
public abstract class BrokerFailure : Exception
{
    private protected BrokerFailure(string code, string message, IReadOnlyList<FailureField> fields, Exception? inner)
        : base(message, inner)
    {
        Code = code;
        Fields = fields;
    }

    /// <summary>One of <see cref="Contracts.Errors.ErrorCode"/>.</summary>
    public string Code { get; }

    /// <summary>The extension members of the problem document.</summary>
    public IReadOnlyList<FailureField> Fields { get; }
}
