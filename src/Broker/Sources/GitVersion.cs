using System.ComponentModel;
using System.Diagnostics;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Sources;

/// <summary>Looks once whether this machine's git can be held to the address that was checked. An older one would look the host up by itself, without a word.</summary>
internal sealed class GitVersion(string program)
{
    private const string Says = "git version ";

    private static readonly Version _least = new(2, 37);

    private bool _isNewEnough;

    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (_isNewEnough)
        {
            return;
        }

        var said = await AskAsync(cancellation);
        _isNewEnough = NumberIn(said) is { } version && version >= _least;
        if (!_isNewEnough)
        {
            throw new RejectedException(ErrorCode.SourceInvalid, said.Length == 0
                ? $"Repositories need git {_least} or later on the broker's machine, and there is none. Install it, or upload the source."
                : $"Repositories need git {_least} or later on the broker's machine; there is '{said}'. Update it, or upload the source.");
        }
    }

    private async Task<string> AskAsync(CancellationToken cancellation)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo(program, ["--version"]) { RedirectStandardOutput = true })!;
            var said = await git.StandardOutput.ReadLineAsync(cancellation) ?? "";
            await git.WaitForExitAsync(cancellation);
            return said.Trim();
        }
        catch (Win32Exception)
        {
            return "";
        }
    }

    private static Version? NumberIn(string said) =>
        said.StartsWith(Says, StringComparison.Ordinal) && said[Says.Length..].Split('.', 3) is [var major, var minor, ..]
        && Version.TryParse($"{major}.{string.Concat(minor.TakeWhile(char.IsAsciiDigit))}", out var version) ? version : null;
}
