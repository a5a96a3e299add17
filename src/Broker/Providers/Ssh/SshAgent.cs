using BuildFunctions.Broker.Harness;
using BuildFunctions.Broker.Ssh;

namespace BuildFunctions.Broker.Providers.Ssh;

/// <summary>Asks the script of the broker on a server. All that comes into it is one quoted word each; secrets go through its input.</summary>
internal sealed class SshAgent(SshConnection connection, string root)
{
    private const int MostText = 1 << 20;

    private static readonly string _script = EmbeddedText.Read("agent.sh");

    public Task<AgentAnswer> AskAsync(CancellationToken cancellation, string verb, params string[] arguments) => AskAsync(null, cancellation, verb, arguments);

    public async Task<AgentAnswer> AskAsync(Func<Stream, CancellationToken, Task>? input, CancellationToken cancellation, string verb, params string[] arguments) =>
        AgentAnswer.Parse((await RunAsync(input, cancellation, verb, arguments)).Output);

    /// <exception cref="SshAgentException">The script says that it could not do it.</exception>
    public async Task<SshAnswer> RunAsync(Func<Stream, CancellationToken, Task>? input, CancellationToken cancellation, string verb, params string[] arguments)
    {
        string[] words = ["exec", "/bin/sh", "-c", ShellText.Quote(_script), "bf", verb, ShellText.Quote(root), .. arguments.Select(ShellText.Quote)];
        var answer = await connection.RunAsync(string.Join(' ', words), input, MostText, cancellation);
        return answer.Exit == 0 ? answer : throw new SshAgentException(verb, answer.Exit, LastLine(answer.Errors));
    }

    private static string LastLine(string text)
    {
        var line = text.TrimEnd().Split('\n')[^1];
        return string.Concat(line.Take(300).Where(letter => !char.IsControl(letter)));
    }
}
