using BuildFunctions.Broker.Audit;
using BuildFunctions.Broker.Secrets;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Functions.Secrets;

/// <summary>Values that were replaced or removed are kept for the redactor until no run can print them any more.</summary>
public sealed class ForgetSecretsFunction(SecretStore secrets, AuditLog audit)
{
    [Function("ForgetSecrets")]
    public async Task RunAsync([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellation)
    {
        if (await secrets.ForgetRetiredAsync(cancellation) is var count and > 0)
        {
            audit.Tell("ForgetSecrets", target: null, $"{count} values that were replaced or removed.");
        }
    }
}
