using Microsoft.AspNetCore.Routing;

namespace BuildFunctions.Embedded.Triggers;

/// <summary>Endpoints beside the app's HTTP functions, outside the route prefix; registered as a service.</summary>
internal interface IHostEndpoints
{
    void Map(IEndpointRouteBuilder endpoints);
}
