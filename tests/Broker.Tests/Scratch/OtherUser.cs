using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using BuildFunctions.Broker.Tests.Sources;

namespace BuildFunctions.Broker.Tests.Scratch;

/// <summary>Somebody who is not root: for whom modes mean something, also where the tests run as root.</summary>
internal static class OtherUser
{
    private const int Nobody = 65534;

    public static bool IsRoot => GetEffectiveUser() == 0;

    public static void Own(string folder)
    {
        if (IsRoot)
        {
            GitServer.Run(folder, $"chown -R {Nobody} . && chmod 711 .");
        }
    }

    /// <summary>On a thread of its own, since the kernel has users of threads and there is no way back.</summary>
    public static void Run(Action act)
    {
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() =>
        {
            try
            {
                Become();
                act();
            }
            catch (Exception exception)
            {
                fault = ExceptionDispatchInfo.Capture(exception);
            }
        });
        thread.Start();
        thread.Join();
        fault?.Throw();
    }

    private static void Become()
    {
        if (IsRoot)
        {
            // The library's own call would change all threads.
            var setresuid = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 147 : 117;
            Assert.Equal(0, SystemCall(setresuid, Nobody, Nobody, Nobody));
            Assert.False(IsRoot);
        }
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint GetEffectiveUser();

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint SystemCall(nint number, nint real, nint effective, nint saved);
}
