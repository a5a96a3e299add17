using System.Diagnostics;
using System.Text;

namespace BuildFunctions.EndToEnd.Tests.Broker;

/// <summary>A command that is running; what it has written so far can be read.</summary>
public sealed class BfProcess
{
    /// <summary>Some commands wait for a build that fetches a whole framework from a registry, whose pace is nobody's here.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly Task _reading;
    private readonly Task<string> _error;

    public BfProcess(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _reading = ReadAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task<BfResult> EndAsync()
    {
        using var deadline = new CancellationTokenSource(_patience);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
            await _reading;
            throw new InvalidOperationException($"bf has not ended within {_patience.TotalMinutes} min. It wrote so far:\n{Output}\n{await _error}");
        }

        await _reading;
        var result = new BfResult(_process.ExitCode, Output, await _error);
        _process.Dispose();
        return result;
    }

    private async Task ReadAsync()
    {
        var buffer = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            lock (_output)
            {
                _output.Append(buffer, 0, read);
            }
        }
    }
}
