namespace BuildFunctions.Broker.Hosting;

/// <summary>Where people and builders reach this broker: the setting <c>Broker:Url</c>, or the address that it listens on.</summary>
public sealed class BrokerUrl
{
    public Uri Value { get; set; } = new("http://localhost:7071/");

    /// <summary>Where its host listens, as far as the host tells.</summary>
    public IReadOnlyList<Uri> Listening { get; set; } = [];
}
