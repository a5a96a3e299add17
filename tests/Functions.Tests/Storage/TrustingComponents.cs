using Azure.Core;
using Azure.Core.Pipeline;
using BuildFunctions.Testing;
using Microsoft.Extensions.Azure;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Functions.Tests.Storage;

/// <summary>Clients that trust the certificate of a test, which no machine does.</summary>
internal sealed class TrustingComponents(LoopbackCertificate certificate) : AzureComponentFactory
{
    public override object CreateClientOptions(Type optionsType, object? serviceVersion, IConfiguration? configuration)
    {
        // Each optional parameter of such a constructor is its version.
        var constructor = optionsType.GetConstructors().Single(one => one.GetParameters().Length == 1);
        var options = (ClientOptions)constructor.Invoke([constructor.GetParameters()[0].DefaultValue]);
        options.Transport = new HttpClientTransport(certificate.Handler());
        return options;
    }

    public override TokenCredential CreateTokenCredential(IConfiguration configuration) => throw new NotSupportedException("The test brings its own credential.");

    public override object CreateClient(Type clientType, IConfiguration configuration, TokenCredential credential, object clientOptions) => throw new NotSupportedException();
}
