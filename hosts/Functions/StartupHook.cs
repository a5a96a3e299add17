using System.Diagnostics;
using System.Runtime.InteropServices;

/// <summary>
/// Runs in the worker, before its Main: the runtime wants a class of just this name outside of any namespace (DOTNET_STARTUP_HOOKS). It ends the worker
/// when the host is gone. The kernel closes the host's end of the pipe however the host dies, which no wrapper script or signal handler can promise, and
/// unlike PR_SET_PDEATHSIG it does not hang on the life of the one thread that started the worker.
/// </summary>
internal static class StartupHook
{
    private const string Variable = "DOTNET_STARTUP_HOOKS";

    public static string Location => typeof(StartupHook).Assembly.Location;

    public static void Initialize()
    {
        // .NET programs that the worker starts must not end with their own standard input.
        var others = ((string?)Environment.GetEnvironmentVariables()[Variable] ?? "").Split(Path.PathSeparator).Where(hook => hook != Location);
        Environment.SetEnvironmentVariable(Variable, string.Join(Path.PathSeparator, others) is { Length: > 0 } rest ? rest : null);
        if (!OperatingSystem.IsWindows())
        {
            // Ctrl-C in a terminal goes to the whole group; the worker has to outlive it until the host has drained.
            _ = SetProcessGroup(0, 0);
        }

        new Thread(EndWithHost) { IsBackground = true, Name = "Ends with the Functions host" }.Start();
    }

    private static void EndWithHost()
    {
        using var input = Console.OpenStandardInput();
        input.CopyTo(Stream.Null);
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    [DllImport("libc", EntryPoint = "setpgid")]
    private static extern int SetProcessGroup(int process, int group);
}
