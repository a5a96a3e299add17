using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BuildFunctions.Broker.Outgoing;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Tests.Outgoing;

public sealed class OutgoingTlsTests : IDisposable
{
    private readonly X509Certificate2 _certificate = SelfMade();

    public void Dispose() => _certificate.Dispose();

    [Fact]
    public async Task From_https_a_redirect_to_http_is_not_taken_and_one_to_https_is()
    {
        var plainCalls = 0;
        await using var plain = await LoopbackServer.StartAsync(context =>
        {
            Interlocked.Increment(ref plainCalls);
            return context.Response.WriteAsync("plain");
        });
        await using var server = await LoopbackServer.StartAsync(
            context =>
            {
                if (context.Request.Path != "/end")
                {
                    context.Response.Redirect(context.Request.Path == "/down" ? $"http://hooks.test:{plain.Port}/" : "/end");
                }

                return context.Response.WriteAsync("secure");
            },
            _certificate);
        OutgoingOptions options = new() { AllowedHosts = [$"hooks.test:{server.Port}", $"http://hooks.test:{plain.Port}"] };
        using var client = Client(options, Trusting(_certificate));

        var down = await client.SendAsync(Following($"https://hooks.test:{server.Port}/down"), CancellationToken.None);
        var stay = await client.SendAsync(Following($"https://hooks.test:{server.Port}/stay"), CancellationToken.None);
        var direct = await client.SendAsync(Following($"http://hooks.test:{plain.Port}/"), CancellationToken.None);

        Assert.Equal((null, OutgoingGuard.Unreachable), (down.Status, down.Failure));
        Assert.Equal((200, "secure"), (stay.Status, System.Text.Encoding.UTF8.GetString(stay.Body)));

        // The address itself is allowed: what was refused is the way to it.
        Assert.Equal(200, direct.Status);
        Assert.Equal(1, plainCalls);
    }

    [Theory]
    [InlineData("hooks.test", false)]
    [InlineData("other.test", true)]
    public async Task A_certificate_that_nobody_vouches_for_or_of_another_name_is_refused(string host, bool trusted)
    {
        var calls = 0;
        await using var server = await LoopbackServer.StartAsync(
            _ =>
            {
                Interlocked.Increment(ref calls);
                return Task.CompletedTask;
            },
            _certificate);
        using var client = Client(new() { AllowedHosts = [$"{host}:{server.Port}"] }, trusted ? Trusting(_certificate) : null);

        var answer = await client.SendAsync(new(HttpMethod.Get, $"https://{host}:{server.Port}/"), CancellationToken.None);

        Assert.Equal(OutgoingGuard.Unreachable, answer.Failure);
        Assert.Equal(0, calls);
    }

    private static OutgoingRequest Following(string url) => new(HttpMethod.Get, url) { FollowRedirects = true };

    private static OutgoingClient Client(OutgoingOptions options, X509ChainPolicy? trust) =>
        new(new(options, new FixedResolver("127.0.0.1"), new(() => [])), options, TimeProvider.System, OutgoingClient.ConnectAsync, trust);

    private static X509ChainPolicy Trusting(X509Certificate2 certificate) =>
        new() { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };

    private static X509Certificate2 SelfMade()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=hooks.test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("hooks.test");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
