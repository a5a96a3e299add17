using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using BuildFunctions.Contracts.Errors;
using BuildFunctions.Testing;

namespace BuildFunctions.BlackBox.Running;

/// <summary>How long each case took, for a comparison of two hosts case by case; a file, <c>BF_REPORT</c> says where.</summary>
internal sealed record Report(string Host, double Seconds, IReadOnlyDictionary<string, double> Cases, IReadOnlyDictionary<string, double> Figures, IReadOnlyList<string> Failed, IReadOnlyList<string> UnseenCodes)
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Name => Environment.GetEnvironmentVariable("BF_HOST") is { Length: > 0 } host ? host : "embedded";

    public static string Path =>
        Environment.GetEnvironmentVariable("BF_REPORT") is { Length: > 0 } named ? named : System.IO.Path.Combine(RepositoryRoot.Path, ".dev", "results", $"blackbox-{Name}.json");

    public static IReadOnlyList<string> Unseen(IReadOnlyCollection<string> seen) =>
        [.. typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Except(seen).Order()];

    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, JsonSerializer.Serialize(this, _json));
    }
}
