namespace BuildFunctions.Broker.Secrets;

/// <summary>A secret's name is that of the environment variable which it becomes.</summary>
internal static class SecretName
{
    public const string Rule = "A secret's name has letters, digits and underscores, begins with no digit, and has 100 characters at the most.";

    private const int Longest = 100;

    public static bool IsValid(string? name) =>
        name is { Length: >= 1 and <= Longest } && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
