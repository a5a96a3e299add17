using BuildFunctions.Broker.Secrets;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Secrets;

/// <summary>Values that were replaced or removed are kept for the redactor until no run can print them any more.</summary>
public sealed class ForgetSecretsFunction(SecretStore secrets)
{
    [Function("ForgetSecrets")]
    public Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellation) => secrets.ForgetRetiredAsync(cancellation);
}
