using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using BuildFunctions.Cli;
using BuildFunctions.Cli.Sessions;
using BuildFunctions.Cli.Terminals;

var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var shell = new Shell
{
    Terminal = new Terminal
    {
        In = Console.In,
        Out = new StreamWriter(Console.OpenStandardOutput(), utf8),
        Error = new StreamWriter(Console.OpenStandardError(), utf8),
        InIsTerminal = !Console.IsInputRedirected,
        OutIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
        Color = Environment.GetEnvironmentVariable("NO_COLOR") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb",
        Width = Console.IsErrorRedirected && Console.IsOutputRedirected ? 0 : Console.WindowWidth,
    },
    Environment = Environment.GetEnvironmentVariable,
    Directory = Environment.CurrentDirectory,
    NewKey = () => RandomNumberGenerator.GetHexString(32, lowercase: true),
    Browse = Browse,
};

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
var code = await new Bf(shell).RunAsync(args, interrupted.Token);
shell.Terminal.Out.Flush();
shell.Terminal.Error.Flush();
return code;

// The second time ends the process at once.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}

static bool Browse(Uri page)
{
    var program = OperatingSystem.IsMacOS() ? "open" : "xdg-open";
    if (!OperatingSystem.IsMacOS() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY") ?? Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
    {
        return false;
    }

    try
    {
        using var started = Process.Start(new ProcessStartInfo(program) { ArgumentList = { page.AbsoluteUri } });
        return started is not null;
    }
    catch (System.ComponentModel.Win32Exception)
    {
        // There is no such program: the caller shows the address instead.
        return false;
    }
}
