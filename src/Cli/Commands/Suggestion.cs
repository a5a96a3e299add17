using System.CommandLine;
using System.CommandLine.Parsing;

namespace BuildFunctions.Cli.Commands;

/// <summary>What a person may have meant by a word that is no command and no option.</summary>
internal static class Suggestion
{
    /// <summary>The faults of a command line in words.</summary>
    public static string Of(ParseResult given)
    {
        if (given.UnmatchedTokens is not [var token, ..])
        {
            return string.Join('\n', given.Errors.Select(error => error.Message));
        }

        var word = token.StartsWith('-') ? token.Split('=')[0] : token;
        var command = given.CommandResult.Command;
        var what = word.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        var fault = $"There is no {what} '{word}'{(command is RootCommand ? "" : $" of '{command.Name}'")}.";
        return Near(word, word.StartsWith('-') ? Options(given.CommandResult) : Names(command)) is { } near ? $"{fault} Did you mean '{near}'?" : fault;
    }

    private static IEnumerable<string> Names(Command command) => command.Subcommands.Where(subcommand => !subcommand.Hidden).Select(subcommand => subcommand.Name);

    private static IEnumerable<string> Options(CommandResult command)
    {
        for (SymbolResult? level = command; level is CommandResult result; level = level.Parent)
        {
            foreach (var option in result.Command.Options.Where(option => level == command || option.Recursive))
            {
                yield return option.Name;
            }
        }
    }

    private static string? Near(string word, IEnumerable<string> known) => known
        .Select(name => (Name: name, Distance: name.StartsWith(word, StringComparison.Ordinal) ? 0 : Distance(word, name)))
        .Where(candidate => candidate.Distance <= Math.Max(1, Math.Min(word.Length, candidate.Name.Length) / 3))
        .OrderBy(candidate => candidate.Distance).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .Select(candidate => candidate.Name)
        .FirstOrDefault();

    /// <summary>Letters to change, add, leave out or swap with their neighbour.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j
                    : Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[one.Length, other.Length];
    }
}
