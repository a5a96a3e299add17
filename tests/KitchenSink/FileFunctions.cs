using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace KitchenSink;

/// <summary>Waits that a test ends with a file: for when the host takes no requests, or the process is not the same any more.</summary>
public sealed class FileFunctions
{
    [Function("UntilFile")]
    public async Task<IResult> UntilFile([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "until-file")] HttpRequest request, CancellationToken cancellation)
    {
        var name = request.Query["name"].ToString();
        await File.WriteAllTextAsync(name + ".begun", "", cancellation);
        try
        {
            await UntilAsync(() => File.Exists(name), cancellation);
            return Results.Text("went on");
        }
        catch (OperationCanceledException)
        {
            await File.WriteAllTextAsync(name + ".cancelled", "", CancellationToken.None);
            throw;
        }
    }

    /// <summary>Does not end before activities of two processes have begun.</summary>
    [Function(nameof(Census))]
    public static async Task<int> Census([ActivityTrigger] string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, $"{Environment.ProcessId}"), "", cancellation);
        await UntilAsync(() => Directory.GetFiles(folder).Length >= 2, cancellation);
        return Environment.ProcessId;
    }

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(TimeSpan.FromSeconds(45));
        while (!condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
