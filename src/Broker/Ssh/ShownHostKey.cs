namespace BuildFunctions.Broker.Ssh;

/// <summary>The key that a machine shows to whoever connects.</summary>
public sealed record ShownHostKey(string Kind, string Fingerprint);
