using System.Text.Json;
using BuildFunctions.Cli.Terminals;
using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Failures;

/// <summary>The edge: every failure becomes words for people, a document for programs that asked for one, and an exit code.</summary>
/// <param name="subject">The build that the command is about, once it is known.</param>
internal sealed class FailureReport(Terminal terminal, bool json, Func<string?> subject)
{
    public ExitCode Write(Exception failure) => failure switch
    {
        ProblemException { Problem: var problem } => Write(problem, subject()),
        UsageException => Write(new Problem { Code = "USAGE", Status = 0, Title = failure.Message }, new Advice(failure.Message, null, ExitCode.Usage)),
        UnreachableException => Write(new Problem { Code = "UNREACHABLE", Status = 0, Title = failure.Message },
            new Advice(failure.Message, "Is it running? Start one here with ./dev up, or name another with --broker URL or BF_URL.", ExitCode.Unreachable)),
        TimeoutException => Write(new Problem { Code = "NO_ANSWER", Status = 0, Title = failure.Message }, new Advice(failure.Message, null, ExitCode.TimedOut)),
        JsonException or FormatException => Write(new Problem { Code = "NOT_UNDERSTOOD", Status = 0, Title = failure.Message },
            new Advice($"The broker's answer was not understood: {failure.Message}", "Do bf and the broker have the same version? (bf version)", ExitCode.Unexpected)),
        IOException or UnauthorizedAccessException => Write(new Problem { Code = "FILES", Status = 0, Title = failure.Message }, new Advice(failure.Message, null, ExitCode.Unexpected)),
        _ => throw new InvalidOperationException("A failure that nobody thought of.", failure),
    };

    public ExitCode Write(Problem problem, string? about) => Write(problem, Advice.For(problem, about));

    private ExitCode Write(Problem problem, Advice advice)
    {
        terminal.Status("");
        terminal.Say($"bf: {advice.What}");
        if (advice.Next is not null)
        {
            terminal.Say(advice.Next);
        }

        if (json)
        {
            terminal.Data(JsonSerializer.Serialize(problem, ContractsJson.Default.Problem));
        }

        return advice.Code;
    }
}
