namespace BuildFunctions.Broker.Failures;

/// <summary>A failure with a stable code of <see cref="Contracts.Errors.ErrorCode"/>; which of the three it is says who tries again.</summary>
public abstract class BrokerException(string code, string message, Exception? inner) : Exception(message, inner)
{
    public string Code { get; } = code;
}
