namespace BuildFunctions.Broker.Ssh;

/// <summary>A machine to log in to.</summary>
/// <param name="HostKey">The one key that the machine may show, as <see cref="SshHostKey"/> writes it.</param>
public sealed record SshTarget(SshAddress Address, SshLogin Login, string HostKey);
