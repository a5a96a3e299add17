using BuildFunctions.Embedded.Triggers;
using BuildFunctions.Engine;
using Microsoft.AspNetCore.Routing;

namespace BuildFunctions.Embedded.Durable;

/// <summary>The engine's own pages.</summary>
internal sealed class EngineEndpoints : IHostEndpoints
{
    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapEmbeddedEngine();
}
