using System.CommandLine;
using BuildFunctions.Cli.Failures;
using BuildFunctions.Cli.Sessions;

namespace BuildFunctions.Cli.Commands;

internal sealed class CompletionCommand : BfCommand
{
    private const string Bash =
        """
        _bf() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _bf bf
        """;

    private const string Zsh =
        """
        #compdef bf
        _bf() {
          local -a words_
          words_=("${(@f)$("${words[1]}" "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          compadd -a words_
          _files
        }
        compdef _bf bf
        """;

    private const string Fish =
        """
        function __bf_complete
            bf "[suggest:"(commandline -C)"]" (commandline -p | string collect) 2>/dev/null
        end
        complete -c bf -a '(__bf_complete)'
        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish" };

    public CompletionCommand(Session session)
        : base("completion", "Write what makes a shell complete commands, apps, builds and deployments: source <(bf completion bash)", session)
    {
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        Arguments.Add(_shell);
    }

    protected override Task<ExitCode> RunAsync(Invocation run, CancellationToken interrupted)
    {
        run.Terminal.Data(run.Get(_shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        });
        return Task.FromResult(ExitCode.Ok);
    }
}
