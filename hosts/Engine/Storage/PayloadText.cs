namespace BuildFunctions.Engine.Storage;

/// <summary>A payload in a row is its text, or a reference to where the text is when it is long (or could be taken for a reference).</summary>
internal static class PayloadText
{
    public const int InlineLimit = 30_000;
    public const string ReferencePrefix = "payload:";

    public static bool IsReference(string? text) => text?.StartsWith(ReferencePrefix, StringComparison.Ordinal) == true;

    public static bool FitsInline(string? text, int limit = InlineLimit) => text is null || (text.Length <= limit && !IsReference(text));
}
