using System.CommandLine;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class KeysCommand : Command
{
    public KeysCommand(Session session)
        : base("keys", "The keys that the broker signs provenance with")
    {
        Subcommands.Add(new KeysShowCommand("list", "Show the public keys; --json writes the JWK set", session, (broker, _, cancel) => broker.ProvenanceKeysAsync(cancel)));
        Subcommands.Add(new KeysShowCommand("rotate", "Sign with a new key from now on; the old ones stay published", session, (broker, key, cancel) => broker.RotateProvenanceKeysAsync(key, cancel)));
    }
}
