using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace BuildFunctions.Embedded.Tests.Hosting;

public sealed class WaitingFunctions(Signals signals)
{
    [Function("Wait")]
    public async Task<IResult> WaitAsync([HttpTrigger] HttpRequest request, CancellationToken cancellation)
    {
        signals.Entered.TrySetResult();
        try
        {
            await signals.Released.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            signals.Cancelled.TrySetResult();
            throw;
        }

        return Results.Text("released");
    }
}
