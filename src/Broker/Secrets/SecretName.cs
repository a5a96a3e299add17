using System.Text.RegularExpressions;

namespace BuildFunctions.Broker.Secrets;

/// <summary>A secret's name is that of the environment variable which it becomes.</summary>
internal static partial class SecretName
{
    public const string Rule = "A secret's name has letters, digits and underscores, begins with no digit, and has 100 characters at the most.";

    public static bool IsValid(string? name) => name is not null && Grammar().IsMatch(name);

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]{0,99}\z")]
    private static partial Regex Grammar();
}
