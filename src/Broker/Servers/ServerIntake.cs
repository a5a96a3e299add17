using BuildFunctions.Broker.Failures;
using BuildFunctions.Broker.Ids;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;

namespace BuildFunctions.Broker.Servers;

/// <summary>Takes new servers: with the host key that the caller names, or, where the caller says so, the one that is shown at first sight.</summary>
public sealed class ServerIntake(IServerStore servers, SshConnections connections, ServerWatch watch, IdSource ids, TimeProvider clock)
{
    public const string DefaultWorkspace = "/tmp/builds";

    public async Task<KnownServer> AddAsync(ServerRequest request, CancellationToken cancellation)
    {
        var login = Check(request);
        var address = new SshAddress(request.Host!, request.Port ?? SshAddress.DefaultPort, request.User!);
        var server = new BuildServer
        {
            Id = ids.Next<ServerId>(),
            Name = request.Name!,
            Address = address,
            HostKey = await HostKeyAsync(request, address, cancellation),
            Architectures = request.Architectures ?? [],
            Labels = request.Labels ?? [],
            Slots = request.Slots ?? 1,
            WorkspaceRoot = request.WorkspaceRoot?.TrimEnd('/') ?? DefaultWorkspace,
            CreatedAt = clock.GetUtcNow(),
        };
        if (!await servers.AddAsync(server, login, cancellation))
        {
            throw new RejectedException(ErrorCode.Conflict, $"There is a server '{server.Name}' already.", [new FailureField("state", "name-taken")]);
        }

        return new(server, await watch.LookAsync(server.Name, cancellation));
    }

    public async Task<bool> RemoveAsync(string name, CancellationToken cancellation)
    {
        if (await servers.FindAsync(name, cancellation) is not { Server: { } server })
        {
            return false;
        }

        await servers.RemoveAsync(name, cancellation);
        connections.Close(server.Id);
        return true;
    }

    private static SshLogin Check(ServerRequest request)
    {
        var login = new SshLogin(request.PrivateKey ?? "", request.Passphrase, request.Certificate);
        var fault = string.IsNullOrWhiteSpace(request.PrivateKey) ? new ValidationFault("privateKey", "Send the private key that logs in.") : login.Fault();
        List<ValidationFault> faults = [.. ServerCheck.Faults(request), .. fault is null ? [] : new[] { fault }];
        return faults.Count == 0 ? login : throw RejectedException.Invalid(faults);
    }

    private async Task<string> HostKeyAsync(ServerRequest request, SshAddress address, CancellationToken cancellation)
    {
        if (SshHostKey.TryParse(request.HostKey, out var wanted))
        {
            return wanted;
        }

        var shown = await LookAsync(address, cancellation);
        return request.TrustOnFirstUse
            ? shown.Fingerprint
            : throw new RejectedException(
                ErrorCode.Conflict,
                $"{address} shows the host key {shown.Fingerprint} ({shown.Kind}). Compare it with 'ssh-keygen -l' on the server, and add the server with it (hostKey; bf: --host-key).",
                [new FailureField("state", "host-key-unknown"), new FailureField("hostKey", shown.Fingerprint)]);
    }

    private async Task<ShownHostKey> LookAsync(SshAddress address, CancellationToken cancellation)
    {
        try
        {
            return await connections.LookAsync(address, cancellation);
        }
        catch (SshTroubleException trouble)
        {
            throw RejectedException.Invalid([new ValidationFault("host", trouble.Message)]);
        }
    }
}
