using System.Diagnostics;
using BuildFunctions.Broker.Outgoing;
using BuildFunctions.Broker.Sources;
using BuildFunctions.Broker.Tests.Outgoing;
using Microsoft.AspNetCore.Http;

namespace BuildFunctions.Broker.Tests.Sources;

/// <summary>git's own HTTP server over the repositories of a folder.</summary>
internal static class GitServer
{
    public static Task<LoopbackServer> StartAsync(string folder, Func<HttpContext, bool>? instead = null) =>
        LoopbackServer.StartAsync(context => instead?.Invoke(context) == true ? Task.CompletedTask : AnswerAsync(folder, context));

    public static GitSource Source(GitOptions options, OutgoingOptions outgoing, params string[] addresses)
    {
        var guard = new OutgoingGuard(outgoing, new FixedResolver(addresses), new(() => []));
        return new(options, new(options, new(guard, outgoing, TimeProvider.System)), TimeProvider.System);
    }

    public static void Run(string folder, string script)
    {
        const string Who = "set -e; export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=t GIT_AUTHOR_EMAIL=t@example.org GIT_COMMITTER_NAME=t GIT_COMMITTER_EMAIL=t@example.org\n";
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Who + script]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private static async Task AnswerAsync(string folder, HttpContext context)
    {
        var request = context.Request;
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["GIT_PROJECT_ROOT"] = folder;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["REQUEST_METHOD"] = request.Method;
        start.Environment["PATH_INFO"] = request.Path;
        start.Environment["QUERY_STRING"] = request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["CONTENT_TYPE"] = request.ContentType ?? "";
        start.Environment["HTTP_CONTENT_ENCODING"] = request.Headers.ContentEncoding.ToString();
        start.Environment["GIT_PROTOCOL"] = request.Headers["Git-Protocol"].ToString();
        using var git = Process.Start(start)!;
        await request.Body.CopyToAsync(git.StandardInput.BaseStream);
        git.StandardInput.Close();
        await CopyAsync(git.StandardOutput.BaseStream, context.Response);
        await git.WaitForExitAsync();
    }

    /// <summary>Header lines, an empty one, the body.</summary>
    private static async Task CopyAsync(Stream output, HttpResponse response)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await output.ReadAsync(one) == 1)
        {
            if (one[0] != '\n')
            {
                line.Add(one[0]);
                continue;
            }

            var text = System.Text.Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
            {
                break;
            }

            var (name, value) = (text[..text.IndexOf(':')], text[(text.IndexOf(':') + 1)..].Trim());
            if (name == "Status")
            {
                response.StatusCode = int.Parse(value[..3], System.Globalization.CultureInfo.InvariantCulture);
            }
            else
            {
                response.Headers[name] = value;
            }
        }

        await output.CopyToAsync(response.Body);
    }
}
