using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Cli.Failures;

/// <summary>The broker answered, and the answer is no.</summary>
internal sealed class ProblemException(Problem problem) : Exception(problem.Title)
{
    public Problem Problem => problem;
}
