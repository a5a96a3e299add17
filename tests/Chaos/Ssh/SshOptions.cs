namespace BuildFunctions.Chaos.Ssh;

/// <param name="Faults">Cuts, frozen lines, servers that start again and kills of the broker, together.</param>
internal sealed record SshOptions(int Faults, int Seed);
