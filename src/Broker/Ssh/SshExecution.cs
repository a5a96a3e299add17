using System.Security.Cryptography;
using System.Text;
using Renci.SshNet;

namespace BuildFunctions.Broker.Ssh;

/// <summary>One command on an open line. It may take as long as it likes while something is written or read, and is given up after a silence.</summary>
internal sealed class SshExecution(SshClient client, string command, int most, TimeSpan silence)
{
    private const int MostErrors = 16 * 1024;

    public async Task<SshAnswer> RunAsync(Func<Stream, CancellationToken, Task>? input, CancellationToken cancellation)
    {
        // What a login script prints comes before the mark and is no part of the answer.
        var mark = $"--{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}--\n";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(silence);
        using var running = client.CreateCommand($"printf '%s\\n' {mark.TrimEnd()}; {command}");
        Task? ended = null;
        // A channel is opened by a call that blocks until the machine answers.
        await Task.Run(() => { ended = running.ExecuteAsync(patience.Token); }, patience.Token).WaitAsync(patience.Token);
        var output = ReadAsync(running.OutputStream, most + MostErrors, patience);
        var errors = ReadAsync(running.ExtendedOutputStream, MostErrors, patience);
        await foreach (var part in Task.WhenEach(WriteAsync(running, input, patience), output, errors, ended!).WithCancellation(patience.Token))
        {
            // The first that fails tells why; the others may never end.
            await part;
        }

        return new(running.ExitStatus, AfterMark(output.Result.GetBuffer().AsMemory(0, (int)output.Result.Length), mark), Encoding.UTF8.GetString(errors.Result.ToArray()));
    }

    private async Task WriteAsync(SshCommand running, Func<Stream, CancellationToken, Task>? input, CancellationTokenSource patience)
    {
        await using var stream = new WatchedStream(running.CreateInputStream(), () => patience.CancelAfter(silence));
        if (input is not null)
        {
            // Its writes block and know no cancellation.
            await Task.Run(() => input(stream, patience.Token), patience.Token).WaitAsync(patience.Token);
        }
    }

    private async Task<MemoryStream> ReadAsync(Stream stream, int limit, CancellationTokenSource patience)
    {
        var read = new MemoryStream();
        var block = new byte[16 * 1024];
        while (await stream.ReadAsync(block, patience.Token) is var count and > 0)
        {
            patience.CancelAfter(silence);
            read.Write(block, 0, count);
            if (read.Length > limit)
            {
                throw new SshTroubleException(SshTrouble.Answer, "The machine sends more than was asked for.");
            }
        }

        return read;
    }

    private static ReadOnlyMemory<byte> AfterMark(ReadOnlyMemory<byte> output, string mark)
    {
        var at = output.Span.IndexOf(Encoding.ASCII.GetBytes(mark));
        return at < 0 ? throw new SshTroubleException(SshTrouble.Answer, "The machine's shell did not run the command.") : output[(at + mark.Length)..];
    }
}
