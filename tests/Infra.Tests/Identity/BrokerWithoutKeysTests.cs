using System.Diagnostics;
using System.Net;
using BuildFunctions.Testing;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Infra.Tests.Identity;

/// <summary>The broker as a machine in Azure runs it: its settings hold no key, its tokens come from the machine, storage takes nothing but tokens.</summary>
public sealed class BrokerWithoutKeysTests
{
    private const string Identity = "00000000-0000-0000-0000-000000000002";

    [Fact]
    public async Task The_broker_gets_ready_and_serves_with_the_identity_that_the_settings_name()
    {
        var folder = Directory.CreateTempSubdirectory("bf-identity-");
        using var certificate = new LoopbackCertificate();
        using var machine = new IdentityEndpoint();
        await using var azurite = await Azurite.StartAsync(certificate: certificate);
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        using var broker = Start(folder.FullName, certificate, machine, azurite, address);
        try
        {
            var log = broker.StandardOutput.ReadToEndAsync();
            var faults = broker.StandardError.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = address };
            await Until.TrueAsync("the broker is ready", async () =>
                broker.HasExited ? throw new InvalidOperationException(await log + await faults) : await IsReadyAsync(http));

            // Tokens are rows, so to refuse one takes a read of storage.
            http.DefaultRequestHeaders.Authorization = new("Bearer", "bf_nobody");
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/api/apps")).StatusCode);
            Assert.NotEmpty(machine.Named);
            Assert.All(machine.Named, named => Assert.Equal(Identity, named));

            await Tool.MustAsync("kill", "-TERM", $"{broker.Id}");
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            await broker.WaitForExitAsync(deadline.Token);
            Assert.Equal(0, broker.ExitCode);
        }
        finally
        {
            broker.Kill(entireProcessTree: true);
            await broker.WaitForExitAsync();
            folder.Delete(recursive: true);
        }

        machine.Dispose();
        await machine.Serving;
    }

    private static Process Start(string folder, LoopbackCertificate certificate, IdentityEndpoint machine, Azurite azurite, Uri address)
    {
        var start = new ProcessStartInfo(EmbeddedHost.Program, ["--urls", address.OriginalString])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["AzureWebJobsStorage__blobServiceUri"] = $"https://127.0.0.1:{azurite.BlobPort}/devstoreaccount1",
                ["AzureWebJobsStorage__tableServiceUri"] = $"https://127.0.0.1:{azurite.TablePort}/devstoreaccount1",
                ["AzureWebJobsStorage__credential"] = "managedidentity",
                ["AzureWebJobsStorage__clientId"] = Identity,
                ["IDENTITY_ENDPOINT"] = machine.Address,
                ["IDENTITY_HEADER"] = IdentityEndpoint.Secret,
                ["SSL_CERT_FILE"] = certificate.CertificateFile,
                ["BF_DATA"] = Path.Combine(folder, "data"),
                ["BF_CONFIG_DIR"] = Path.Combine(folder, "config"),
            },
        };
        start.Environment.Remove("AzureWebJobsStorage");
        return Process.Start(start)!;
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            return (await http.GetAsync("/readyz")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
