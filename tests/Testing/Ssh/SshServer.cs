using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using BuildFunctions.Testing.Broker;

namespace BuildFunctions.Testing.Ssh;

/// <summary>A real OpenSSH server on a port of this machine, with keys and settings of its own; whoever logs in is the user that runs the tests.</summary>
public sealed class SshServer : IDisposable
{
    private const string Program = "/usr/sbin/sshd";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bf-sshd-");
    private Process? _process;

    private SshServer(string settings)
    {
        NewKey("host");
        NewKey("user");
        File.Copy(In("user.pub"), In("authorized"));
        File.WriteAllText(In("sshd_config"), $"""
            Port {Port}
            ListenAddress 127.0.0.1
            HostKey {In("host")}
            AuthorizedKeysFile {In("authorized")}
            PasswordAuthentication no
            UsePAM no
            StrictModes no
            PermitRootLogin yes
            PidFile none
            Subsystem sftp internal-sftp
            {settings}

            """);
    }

    public int Port { get; } = FreePort.Find();

    public static string User => Environment.UserName;

    public string PrivateKey => File.ReadAllText(In("user"));

    /// <summary>What <c>ssh-keygen -l</c> says of the host key.</summary>
    public string Fingerprint => Run("ssh-keygen", "-l", "-f", In("host.pub")).Split(' ')[1];

    /// <summary>A folder that goes with the server.</summary>
    public string Workspace => In("builds");

    public string Log => File.Exists(In("log")) ? File.ReadAllText(In("log")) : "";

    public static async Task<SshServer> StartAsync(string settings = "")
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException("These tests need OpenSSH's server: apt-get install openssh-server, or ./dev test, which does that.");
        }

        var server = new SshServer(settings);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        if (Environment.IsPrivilegedProcess)
        {
            Directory.CreateDirectory("/run/sshd");
        }

        _process = Process.Start(new ProcessStartInfo(Program, ["-D", "-f", In("sshd_config"), "-E", In("log")]))!;
        await Until.TrueAsync("the SSH server listens", () => _process.HasExited ? throw new InvalidOperationException(Log) : IsListening());
    }

    /// <summary>Nobody listens any more, and all connections break off. What runs detached goes on.</summary>
    public void Stop()
    {
        CutAll();
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    /// <summary>Breaks off the connections that there are.</summary>
    public void CutAll() => Signal("KILL");

    /// <summary>The connections stay, and nothing comes over them.</summary>
    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public int Connections => Sessions().Count;

    /// <summary>The server is set up anew: it shows another host key.</summary>
    public async Task ChangeHostKeyAsync()
    {
        Stop();
        File.Delete(In("host"));
        File.Delete(In("host.pub"));
        NewKey("host");
        await StartAgainAsync();
    }

    public void RejectKeys() => File.WriteAllText(In("authorized"), "");

    public void AcceptKeys() => File.Copy(In("user.pub"), In("authorized"), overwrite: true);

    /// <summary>A key of the same user that is encrypted; the server accepts it.</summary>
    public string NewUserKey(string kind, string passphrase)
    {
        NewKey($"user-{kind}", kind, passphrase);
        File.AppendAllText(In("authorized"), File.ReadAllText(In($"user-{kind}.pub")));
        return File.ReadAllText(In($"user-{kind}"));
    }

    /// <summary>A key that the server accepts for its certificate alone, and that certificate.</summary>
    public (string Key, string Certificate) NewCertifiedKey()
    {
        NewKey("authority");
        NewKey("certified");
        Run("ssh-keygen", "-q", "-s", In("authority"), "-I", "test", "-n", User, In("certified.pub"));
        File.AppendAllText(In("authorized"), $"cert-authority {File.ReadAllText(In("authority.pub"))}");
        return (File.ReadAllText(In("certified")), File.ReadAllText(In("certified-cert.pub")));
    }

    public void Dispose()
    {
        Stop();
        _folder.Delete(recursive: true);
    }

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {output}");
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);

    private void NewKey(string name, string kind = "ed25519", string passphrase = "") => Run("ssh-keygen", "-q", "-t", kind, "-N", passphrase, "-f", In(name));

    private bool IsListening()
    {
        try
        {
            using var probe = new TcpClient("127.0.0.1", Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Signal(string signal)
    {
        foreach (var session in Sessions())
        {
            using var kill = Process.Start("/bin/kill", ["-s", signal, session.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
    }

    /// <summary>The server's own children, one a connection, and where it drops rights theirs.</summary>
    private IReadOnlyList<int> Sessions() => _process is { } server ? [.. Children(server.Id).SelectMany(child => Children(child).Where(IsServer).Prepend(child))] : [];

    private static IEnumerable<int> Children(int parent) => Directory.EnumerateDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && ParentOf(process) == parent);

    private static int ParentOf(int process)
    {
        try
        {
            // The program's name may hold anything, so that counting starts behind its last parenthesis.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static bool IsServer(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").StartsWith("sshd", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }
}
