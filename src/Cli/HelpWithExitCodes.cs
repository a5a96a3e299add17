using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BuildFunctions.Cli;

/// <summary>The usual help; for <c>bf</c> itself also what it ends with and what it reads.</summary>
internal sealed class HelpWithExitCodes(HelpAction help) : SynchronousCommandLineAction
{
    private const string More =
        """
        Exit codes:
          0    done
          1    the build failed
          2    the command was not understood
          3    the broker refused: not valid, not set up, too large, the queue is full, the wrong moment
          4    there is no such build, app or deployment
          5    not signed in, or not allowed
          6    no broker answers, or its storage does not
          7    it took too long
          8    the build was cancelled or skipped
          70   something unexpected: a fault of the broker or of a file
          130  interrupted

        Environment:
          BF_URL, BF_TOKEN   the broker and its token; else 'bf login', else the broker on this machine
          BF_CONFIG_DIR      where sign-ins are kept; else buildfunctions in XDG_CONFIG_HOME or ~/.config
          NO_COLOR           no colours
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is RootCommand)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(More);
        }

        return code;
    }
}
