using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using BuildFunctions.Broker.Artifacts;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Broker.Providers.Ssh;
using BuildFunctions.Broker.Servers;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Ssh;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Contracts.Ids;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Testing.Ssh;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>Build servers of this machine and a broker that knows them.</summary>
internal sealed class SshPool : ISourceArchives, IDisposable
{
    public const string One = "one";

    private readonly List<IDisposable> _owned = [];
    private readonly byte[] _source = Pack(("readme.txt", "source"));

    public MemoryServers Servers { get; } = new();

    public ServerOptions Options { get; } = new();

    public SshOptions Line { get; } = new() { FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(100) };

    public string Digest => Convert.ToHexStringLower(SHA256.HashData(_source));

    /// <summary>One server, named <see cref="One"/>.</summary>
    public static async Task<(SshPool Pool, SshServer Server)> StartAsync(string? workspace = null)
    {
        var pool = new SshPool();
        var server = await SshServer.StartAsync();
        pool._owned.Add(server);
        await pool.AddAsync(One, server, workspace);
        return (pool, server);
    }

    public async Task AddAsync(string name, SshServer server, string? workspace = null, Func<BuildServer, BuildServer>? with = null)
    {
        var added = new BuildServer
        {
            Id = ServerId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
            Name = name,
            Address = new("127.0.0.1", server.Port, SshServer.User),
            HostKey = server.Fingerprint,
            WorkspaceRoot = workspace ?? server.Workspace,
            CreatedAt = DateTimeOffset.UtcNow,
        };
        await Servers.AddAsync(with?.Invoke(added) ?? added, new(server.PrivateKey), default);
        await Servers.NoteAsync(name, new() { Reachable = true, At = DateTimeOffset.UtcNow, SeenAt = DateTimeOffset.UtcNow }, default);
    }

    /// <summary>As a broker that has just started.</summary>
    public SshProvider NewProvider()
    {
        var (connector, watch) = NewWatch();
        return new(new(Servers, connector, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System), new(connector, watch, this, new() { Grace = TimeSpan.FromSeconds(1) }, (_, _) => throw new InvalidOperationException("The request names no server.")));
    }

    public (ServerConnector Connector, ServerWatch Watch) NewWatch()
    {
        var connections = new SshConnections(Line, TimeProvider.System);
        _owned.Insert(0, connections);
        var connector = new ServerConnector(Servers, connections);
        return (connector, new(Servers, connector, Microsoft.Extensions.Options.Options.Create(Options), TimeProvider.System, NullLogger<ServerWatch>.Instance));
    }

    public RunRequest Request(string command) => new()
    {
        Build = BuildId.Create(DateTimeOffset.UtcNow, Guid.NewGuid().ToByteArray().AsSpan(0, 10)),
        Attempt = 1,
        App = AppName.TryParse("contract", out var app) ? app : default,
        Source = new() { Kind = SourceKind.Upload, Digest = Digest },
        Command = command,
        Output = "dist",
        Broker = "us",
        Server = One,
        Needs = new ServerNeeds(),
    };

    public Task<ContentDownload> OpenAsync(string digest, CancellationToken cancellation) => Task.FromResult(new ContentDownload(new MemoryStream(_source), _source.Length));

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private static byte[] Pack(params (string Path, string Text)[] files)
    {
        var packed = new MemoryStream();
        using (var tar = new TarWriter(new GZipStream(packed, CompressionLevel.Fastest)))
        {
            foreach (var (path, text) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)) });
            }
        }

        return packed.ToArray();
    }
}
