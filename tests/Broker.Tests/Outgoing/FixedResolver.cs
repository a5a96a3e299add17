using System.Net;
using BuildFunctions.Broker.Outgoing;

namespace BuildFunctions.Broker.Tests.Outgoing;

/// <summary>Gives each question the next answer; the last one stays.</summary>
internal sealed class FixedResolver(params string[] answers) : IHostResolver
{
    private int _asked;

    public int Asked => _asked;

    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation)
    {
        var answer = answers.Length == 0 ? "" : answers[Math.Min(Interlocked.Increment(ref _asked) - 1, answers.Length - 1)];
        return Task.FromResult<IPAddress[]>([.. answer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)]);
    }
}
