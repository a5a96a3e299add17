using System.Text;

namespace BuildFunctions.Broker.Harness;

/// <summary>Text that a POSIX shell reads back unchanged.</summary>
internal static class ShellText
{
    public static string Quote(string value) => value.Contains('\0', StringComparison.Ordinal)
        ? throw new ArgumentException("A shell value cannot hold a NUL.", nameof(value))
        : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    public static StringBuilder Assign(this StringBuilder script, string name, string? value) =>
        script.Append(name).Append('=').Append(Quote(value ?? "")).Append('\n');
}
