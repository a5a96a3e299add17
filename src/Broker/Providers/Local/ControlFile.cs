using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>
/// A small file that a build may have laid hands on: a link elsewhere, a pipe that never ends or a file of gigabytes in its place is no file. On hosts where builds
/// have a user of their own they cannot.
/// </summary>
internal static class ControlFile
{
    private const int MostBytes = 64 << 10;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;

    private static readonly int _noLinks = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>The beginning of the file's text, or null where there is no such file.</summary>
    public static string? Read(string path)
    {
        using var file = Open(path);
        if (file is null)
        {
            return null;
        }

        var bytes = new byte[(int)Math.Min(RandomAccess.GetLength(file), MostBytes)];
        return Encoding.UTF8.GetString(bytes, 0, RandomAccess.Read(file, bytes, 0));
    }

    /// <summary>Minus one where there is no plain file of that name.</summary>
    public static long Length(string path)
    {
        using var file = Open(path);
        return file is null ? -1 : RandomAccess.GetLength(file);
    }

    /// <summary>Makes an empty file where there is nothing of that name yet.</summary>
    public static void Mark(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            // Marked before.
        }
    }

    /// <summary>Null where there is no plain file of that name.</summary>
    public static SafeFileHandle? Open(string path)
    {
        var file = new SafeFileHandle(Open(path, NonBlocking | CloseOnExec | _noLinks), ownsHandle: true);
        if (!file.IsInvalid && IsPlain(file))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private static bool IsPlain(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file) >= 0 && !File.GetAttributes(file).HasFlag(FileAttributes.Directory);
        }
        catch (NotSupportedException)
        {
            // Pipes and sockets have no length.
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "open", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
}
