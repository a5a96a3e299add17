using System.Collections.Concurrent;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Secrets.Credentials;
using BuildFunctions.Broker.Tokens;
using BuildFunctions.Contracts.Ids;

namespace BuildFunctions.Broker.Secrets.Redaction;

/// <summary>
/// The redactor of a run: all secrets of its app and of the broker, not just those that it names, its callback token and the broker's own
/// credentials. It is read again every few seconds, and at once after a change through this process.
/// </summary>
public sealed class RunRedactors(SecretStore secrets, CredentialRows credentials, AttemptTokens tokens, TimeProvider clock)
{
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(5);

    // A run that ends on another host is never forgotten here by name.
    private const int Most = 2000;

    private readonly ConcurrentDictionary<RunId, (int Changes, long ReadAt, string[] Values, SecretRedactor Redactor)> _known = new();

    /// <summary>The same object for as long as nothing has changed.</summary>
    public async ValueTask<SecretRedactor> FindAsync(RunId run, AppName app, CancellationToken cancellation)
    {
        // Counted before reading: what changes meanwhile is read the next time.
        var changes = secrets.Changes + credentials.Changes;
        if (_known.TryGetValue(run, out var known) && known.Changes == changes && clock.GetElapsedTime(known.ReadAt) < _fresh)
        {
            return known.Redactor;
        }

        string[] values =
        [
            .. await secrets.ValuesAsync(SecretScope.Of(app), cancellation),
            .. await secrets.ValuesAsync(SecretScope.Everyone, cancellation),
            .. await credentials.TokensAsync(cancellation),
            await tokens.SecretAsync(run.Build, run.Attempt, cancellation),
        ];
        var redactor = known.Values is { } before && before.SequenceEqual(values) ? known.Redactor : new SecretRedactor(values);
        if (_known.Count >= Most)
        {
            _known.Clear();
        }

        _known[run] = (changes, clock.GetTimestamp(), values, redactor);
        return redactor;
    }

    /// <summary>Does something for a run; what it throws is redacted.</summary>
    public async Task<T> GuardAsync<T>(RunId run, AppName app, Func<Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            return await work();
        }
        catch (BrokerFailure failure)
        {
            throw (await FindAsync(run, app, cancellation)).Redact(failure);
        }
    }

    public void Forget(RunId run) => _known.TryRemove(run, out _);
}
