using Microsoft.AspNetCore.Http.Features;

namespace BuildFunctions.Functions.Tests.Access;

/// <summary>A response without a server: the test says when it starts.</summary>
internal sealed class StartingResponse : HttpResponseFeature
{
    private readonly Stack<(Func<object, Task> Callback, object State)> _starting = [];

    public override void OnStarting(Func<object, Task> callback, object state) => _starting.Push((callback, state));

    public async Task StartAsync()
    {
        foreach (var (callback, state) in _starting)
        {
            await callback(state);
        }
    }
}
