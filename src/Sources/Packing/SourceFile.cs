using Microsoft.Win32.SafeHandles;

namespace BuildFunctions.Sources.Packing;

// An opened file, with what its tar header says; or why it cannot be opened.
internal readonly record struct SourceFile(SafeFileHandle? Handle, long Length, bool Executable, string? Fault) : IDisposable
{
    // What eleven octal digits hold.
    private const long Longest = (1L << 33) - 1;

    public static SourceFile Open(string path, long listedLength)
    {
        SafeFileHandle? handle = null;
        try
        {
            if (listedLength == 0)
            {
                // A pipe or a socket has no length either and must not be opened: that would wait for its other end.
                return new SourceFile(null, 0, !OperatingSystem.IsWindows() && IsExecutable(File.GetUnixFileMode(path)), null);
            }

            handle = File.OpenHandle(path, options: FileOptions.SequentialScan);
            var length = RandomAccess.GetLength(handle);
            var executable = !OperatingSystem.IsWindows() && IsExecutable(File.GetUnixFileMode(handle));
            return new SourceFile(handle, length, executable, length > Longest ? "is larger than 8 GiB" : null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            handle?.Dispose();
            return new SourceFile(null, 0, false, failure.Message);
        }
    }

    public int Read(Span<byte> room, long at) => Handle is null ? 0 : RandomAccess.Read(Handle, room[..(int)Math.Min(room.Length, Length - at)], at);

    public void Dispose() => Handle?.Dispose();

    private static bool IsExecutable(UnixFileMode mode) => (mode & UnixFileMode.UserExecute) != 0;
}
