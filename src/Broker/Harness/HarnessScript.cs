using System.Globalization;
using System.Text;
using BuildFunctions.Broker.Compute;
using BuildFunctions.Broker.Failures;
using BuildFunctions.Contracts.Errors;

namespace BuildFunctions.Broker.Harness;

/// <summary>Writes the two files of a run: <c>build.sh</c>, and <c>env.sh</c> with what the build may see and nobody else.</summary>
public static class HarnessScript
{
    private static readonly string _body = EmbeddedText.Read("build.sh");

    public static string Build(HarnessPlan plan)
    {
        var request = plan.Request;
        var limits = request.Limits;
        return new StringBuilder("#!/bin/sh\n")
            .Assign("RUN", request.Id.ToString())
            .Assign("BUILD", request.Build.ToString())
            .Assign("ROOT", Inside(request.Root, nameof(request.Root)))
            .Assign("INSTALL_ROOT", Inside(request.InstallRoot ?? request.Root, nameof(request.InstallRoot)))
            .Assign("NODE", request.Node)
            .Assign("NODE_ACCEPTED", string.Join(' ', request.NodeAccepted))
            .Assign("MANAGER", request.PackageManager)
            .Assign("INSTALL", request.Install)
            .Assign("COMMAND", request.Command)
            .Assign("OUTPUT", Inside(request.Output, nameof(request.Output)))
            .Assign("GUESS", request.OutputIsGuess ? "yes" : null)
            .Assign("SOURCE", plan.Source?.AbsoluteUri)
            .Assign("CALLBACK", request.Callback?.AbsoluteUri)
            .Assign("CACHE", plan.Cache)
            .Assign("DIGEST", plan.Digest ? "yes" : null)
            .Assign("USER_ID", plan.User is { } user ? Number(user.Id) : null)
            .Assign("GROUP_ID", plan.User is { } owner ? Number(owner.Group) : null)
            .Assign("TIMEOUT", Number(Math.Max(1, request.Timeout.TotalSeconds)))
            .Assign("GRACE", Number(plan.Grace.TotalSeconds))
            .Assign("NICE", Number(plan.Nice))
            .Assign("LIMIT_ARTIFACT", Number(limits.Artifact))
            .Assign("LIMIT_DISK", Number(limits.Disk / 1024))
            .Assign("LIMIT_FILE", limits.File > 0 ? Number(limits.File / 512) : null)
            .Assign("LIMIT_MEMORY", limits.Memory > 0 ? Number(limits.Memory / 1024) : null)
            .Assign("LIMIT_CPU", limits.Cpu > TimeSpan.Zero ? Number(Math.Ceiling(limits.Cpu.TotalSeconds)) : null)
            .Append(_body)
            .ToString();
    }

    /// <summary>A function and not assignments: nothing is exported to the harness' own tools.</summary>
    public static string Environment(RunRequest request, RunSecrets secrets)
    {
        var script = new StringBuilder("build_env() {\n:\n");
        foreach (var (name, value) in request.Env.Concat(secrets.Env))
        {
            if (name.Length == 0 || char.IsAsciiDigit(name[0]) || name.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter != '_'))
            {
                throw new RejectedException(ErrorCode.Validation, $"'{name}' is not a name for an environment variable.");
            }

            script.Append("export ").Assign(name, value);
        }

        return script.Append("}\n").ToString();
    }

    private static string Inside(string path, string name) =>
        path.StartsWith('/') || path.Split('/').Contains("..")
            ? throw new RejectedException(ErrorCode.Validation, $"{name} '{path}' must be a folder inside the source.")
            : path;

    private static string Number(double value) => ((long)value).ToString(CultureInfo.InvariantCulture);
}
