using System.Diagnostics;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Providers;
using BuildFunctions.Contracts.Servers;
using BuildFunctions.Testing.Ssh;

namespace BuildFunctions.Broker.Tests.Providers.Ssh;

/// <summary>Builds in a container that buildah makes of a small image; that needs root, and elsewhere nothing is tested.</summary>
public sealed class ContainerTests : IAsyncLifetime
{
    private readonly bool _able = Environment.IsPrivilegedProcess && File.Exists("/usr/bin/buildah");
    private readonly CancellationToken _deadline = new CancellationTokenSource(TimeSpan.FromSeconds(110)).Token;
    private readonly string _image = $"localhost/bf-test-{Guid.NewGuid():N}";
    private SshPool _pool = null!;
    private SshServer _server = null!;

    public async Task InitializeAsync()
    {
        (_pool, _server) = await SshPool.StartAsync();
        await _pool.Servers.NoteAsync(SshPool.One, new() { Reachable = true, SeenAt = DateTimeOffset.UtcNow, Engine = new("buildah", "1") }, _deadline);
        if (_able)
        {
            Shell($"""
                set -e
                folder=$(mktemp -d)
                for program in /bin/sh /bin/cat /bin/mkdir /bin/sleep; do
                  for file in $program $(ldd $program | grep -o '/[^ ]*'); do mkdir -p "$folder$(dirname $file)"; cp -L $file "$folder$file"; done
                done
                mkdir -p "$folder/tmp" "$folder/etc"
                echo inside > "$folder/etc/where"
                container=$(buildah from scratch)
                buildah copy --quiet $container "$folder" / >/dev/null
                buildah commit --quiet --rm $container {_image} >/dev/null
                rm -rf "$folder"
                """);
        }
    }

    public Task DisposeAsync()
    {
        _pool.Dispose();
        if (_able)
        {
            Shell($"buildah rmi {_image} >/dev/null");
        }

        return Task.CompletedTask;
    }

    [Fact]
    public async Task Commands_run_in_the_image_with_their_variables_and_leave_nothing()
    {
        if (!_able)
        {
            return;
        }

        var provider = _pool.NewProvider();
        var request = InImage("cat /etc/where readme.txt; echo; echo \"secret has ${#TOKEN}\"; test ! -e /usr/bin/git && echo no git; mkdir dist; echo \"it's done\" > dist/x");
        var handle = await provider.StartAsync(request, new(new Dictionary<string, string> { ["TOKEN"] = "it's a \"secret\"\n$HOME" }), _deadline);

        var (status, log) = await FollowAsync(provider, handle);

        Assert.True(status.State == RunState.Succeeded, log);
        Assert.Contains("\ninside\nsource\nsecret has 21\nno git\n", log, StringComparison.Ordinal);
        await using var artifact = await provider.OpenArtifactAsync(handle, _deadline);
        Assert.True(artifact.Length > 0);
        Assert.Equal("", Shell($"buildah containers --noheading --filter name=bf-{request.Id}").Trim());
        Assert.Empty(Directory.GetFiles(Path.Combine(_server.Workspace, "runs", request.Id.ToString(), "tmp")));
        await provider.CleanUpAsync(handle, _deadline);
    }

    /// <summary>What runs outside of the image goes by nothing that the build says of itself.</summary>
    [Fact]
    public async Task Variables_of_a_build_reach_the_image_and_nothing_outside()
    {
        if (!_able)
        {
            return;
        }

        var provider = _pool.NewProvider();
        var request = InImage("cat /etc/where; echo \"$BUILDFUNCTIONS_ROOT $LD_PRELOAD\"; mkdir dist; echo x > dist/x") with
        {
            Env = new Dictionary<string, string> { ["BUILDFUNCTIONS_ROOT"] = ".", ["BUILDFUNCTIONS_RUN"] = "x", ["LD_PRELOAD"] = "/evil.so", ["PATH"] = "/bin" },
        };
        var handle = await provider.StartAsync(request, RunSecrets.None, _deadline);

        var (status, log) = await FollowAsync(provider, handle);

        Assert.True(status.State == RunState.Succeeded, log);
        Assert.Contains("\ninside\n", log, StringComparison.Ordinal);
        Assert.Contains("\n. /evil.so\n", log, StringComparison.Ordinal);
        await provider.CleanUpAsync(handle, _deadline);
    }

    [Fact]
    public async Task A_cancel_ends_what_runs_in_the_image_and_removes_the_container()
    {
        if (!_able)
        {
            return;
        }

        var provider = _pool.NewProvider();
        var request = InImage("echo wai''ts; sleep 300");
        var handle = await provider.StartAsync(request, RunSecrets.None, _deadline);
        while (!System.Text.Encoding.UTF8.GetString((await provider.PollAsync(handle, LogCursor.Start, _deadline)).Log.Span).Contains("\nwaits", StringComparison.Ordinal))
        {
            await provider.WaitForChangeAsync(handle, new(200), _deadline);
        }

        await provider.CancelAsync(handle, force: true, _deadline);
        await provider.CleanUpAsync(handle, _deadline);

        Assert.Equal("", Shell($"buildah containers --noheading --filter name=bf-{request.Id}").Trim());
        Assert.False(Directory.Exists(Path.Combine(_server.Workspace, "runs", request.Id.ToString())));
    }

    [Fact]
    public async Task An_image_that_cannot_be_had_fails_the_build()
    {
        if (!_able)
        {
            return;
        }

        var provider = _pool.NewProvider();
        var request = _pool.Request("true") with { Needs = new ServerNeeds { Image = "localhost/no-such-image" } };
        var handle = await provider.StartAsync(request, RunSecrets.None, _deadline);

        var (status, log) = await FollowAsync(provider, handle);

        Assert.Equal((RunState.Failed, 125), (status.State, status.ExitCode));
        Assert.Contains("The image localhost/no-such-image cannot be had.", log, StringComparison.Ordinal);
        await provider.CleanUpAsync(handle, _deadline);
    }

    private RunRequest InImage(string command) => _pool.Request(command) with { Needs = new ServerNeeds { Image = _image } };

    private async Task<(RunStatus Status, string Log)> FollowAsync(IBuildProvider provider, RunHandle handle)
    {
        RunPoll poll;
        while (!(poll = await provider.PollAsync(handle, LogCursor.Start, _deadline)).Status.IsFinal)
        {
            await provider.WaitForChangeAsync(handle, poll.Next, _deadline);
        }

        return (poll.Status, System.Text.Encoding.UTF8.GetString(poll.Log.Span));
    }

    private static string Shell(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = shell.StandardOutput.ReadToEnd();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        return shell.ExitCode == 0 ? output : throw new InvalidOperationException(errors);
    }
}
