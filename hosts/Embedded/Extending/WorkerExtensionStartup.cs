namespace Microsoft.Azure.Functions.Worker.Core;

/// <summary>An extension's own registration, run before the app's.</summary>
public abstract class WorkerExtensionStartup
{
    public abstract void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder);
}
