using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Terminals;
using Spectre.Console;

namespace BuildFunctions.Cli.Commands;

/// <summary>Reads a secret without showing it: asked for at a terminal, else the first line of standard input.</summary>
internal static class SecretPrompt
{
    public static async Task<string> ReadAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        var secret = terminal.InIsTerminal && terminal.ErrorIsTerminal
            ? await AskAsync(terminal, question, cancellationToken)
            : await terminal.In.ReadLineAsync(cancellationToken);
        return secret?.Trim() is { Length: > 0 } text ? text : throw new UsageException("No token was given: standard input is empty.");
    }

    /// <summary>The same for a value that may have several lines: all of standard input, without the line end that <c>echo</c> adds.</summary>
    public static async Task<string> ReadAllAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        var text = terminal.InIsTerminal && terminal.ErrorIsTerminal
            ? await AskAsync(terminal, question, cancellationToken)
            : await terminal.In.ReadToEndAsync(cancellationToken);
        text = text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
        return text.Length > 0 ? text : throw new UsageException("No value was given: standard input is empty.");
    }

    private static Task<string> AskAsync(Terminal terminal, string question, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error), Interactive = InteractionSupport.Yes });
        return new TextPrompt<string>(Markup.Escape(question)).Secret(null).AllowEmpty().ShowAsync(console, cancellationToken);
    }
}
