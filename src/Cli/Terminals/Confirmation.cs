namespace BuildFunctions.Cli.Terminals;

/// <summary>A question that a person answers with yes or no.</summary>
internal static class Confirmation
{
    /// <summary>Whether somebody is there to answer.</summary>
    public static bool CanAsk(Terminal terminal) => terminal.InIsTerminal && terminal.ErrorIsTerminal;

    public static async Task<bool> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        terminal.Say($"{question} [y/N]");
        return (await terminal.In.ReadLineAsync(cancellationToken))?.Trim().ToLowerInvariant() is "y" or "yes";
    }
}
