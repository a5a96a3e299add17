namespace BuildFunctions.Functions.Limits;

/// <summary>How many requests are served before they are told to wait (429). Settings <c>RateLimits:…</c>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>For each token. Default 500 a second, 5,000 at once.</summary>
    public BucketOptions Token { get; set; } = new() { PerSecond = 500, Burst = 5000 };

    /// <summary>For each remote address (IPv6: each /64), whoever it is. Default 1,000 a second, 10,000 at once.</summary>
    public BucketOptions Address { get; set; } = new() { PerSecond = 1000, Burst = 10_000 };

    /// <summary>For each remote address: tokens that this host does not know yet. Default 1 a second, 100 at once.</summary>
    public BucketOptions SignIn { get; set; } = new() { PerSecond = 1, Burst = 100 };

    /// <summary>For each build: callbacks from its builder. Default 10 a second, 60 at once.</summary>
    public BucketOptions Callback { get; set; } = new() { PerSecond = 10, Burst = 60 };

    /// <summary>Proxies in front that add the address they were called from to <c>X-Forwarded-For</c>. 0: the header is not believed. Default: what the host says.</summary>
    public int Proxies { get; set; }

    public IEnumerable<string> Faults()
    {
        foreach (var (name, bucket) in new[] { (nameof(Token), Token), (nameof(Address), Address), (nameof(SignIn), SignIn), (nameof(Callback), Callback) })
        {
            if (bucket.Burst < 1 || !(bucket.PerSecond > 0 && double.IsFinite(bucket.PerSecond)))
            {
                yield return $"RateLimits:{name} has a Burst of at least 1 and a PerSecond above 0.";
            }
        }

        if (Proxies is < 0 or > 10)
        {
            yield return "RateLimits:Proxies is between 0 and 10.";
        }
    }
}
