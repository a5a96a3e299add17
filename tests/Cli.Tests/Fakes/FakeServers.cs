using BuildFunctions.Contracts;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Cli.Tests.Fakes;

/// <summary>One build server, and what was asked to be added.</summary>
internal sealed class FakeServers
{
    public const string HostKey = "SHA256:mjus7XelNXtquI/0g+5403vT6N4IZYKTNG73KqHt2nk";

    public static Server One { get; } = new()
    {
        Id = ServerId.TryParse("srv_00000000000000000000000000", out var id) ? id : default,
        Name = "one",
        Host = "2001:db8::7",
        Port = 2222,
        User = "builder",
        HostKey = HostKey,
        Slots = 2,
        Running = 1,
        WorkspaceRoot = "/srv/builds",
        CreatedAt = DateTimeOffset.UnixEpoch,
        Health = new()
        {
            Reachable = true,
            Architecture = "x86_64",
            Cores = 64,
            Memory = 128_000_000_000,
            MemoryFree = 64_000_000_000,
            Disk = 1_000_000_000_000,
            DiskFree = 500_000_000_000,
            Toolchains = [new("gcc", "13.2")],
            Engine = new("podman", "5.0"),
            ClockSkew = -3,
        },
    };

    public List<ServerRequest> Requests { get; } = [];

    /// <summary>Why it takes no builds.</summary>
    public string? Trouble { get; set; }

    public Server Current => One with { Health = One.Health! with { Reason = Trouble, Reachable = Trouble is null } };

    public async Task<Problem?> AddAsync(HttpContext context)
    {
        var request = (await context.Request.ReadFromJsonAsync(ContractsJson.Default.ServerRequest))!;
        Requests.Add(request);
        return request.HostKey is not null || request.TrustOnFirstUse ? null : new Problem
        {
            Code = ErrorCode.Conflict,
            Status = 409,
            Title = "Conflict",
            Detail = $"It shows the host key {HostKey}.",
            Fields = new Dictionary<string, System.Text.Json.JsonElement> { ["hostKey"] = System.Text.Json.JsonSerializer.SerializeToElement(HostKey) },
        };
    }
}
