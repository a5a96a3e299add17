using System.Globalization;

namespace Azure.Data.Tables.Filters;

/// <summary>Values as a filter writes them.</summary>
internal static class ODataLiteral
{
    public static string Format(FormattableString filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return string.Format(CultureInfo.InvariantCulture, filter.Format, Array.ConvertAll(filter.GetArguments(), Of));
    }

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        char or Enum or System.Text.StringBuilder => Of(value.ToString()),
        bool flag => flag ? "true" : "false",
        long or ulong => string.Create(CultureInfo.InvariantCulture, $"{value}L"),
        double or float or decimal => Fraction((IFormattable)value),
        sbyte or byte or short or ushort or int or uint => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Guid guid => $"guid'{guid}'",
        DateTimeOffset time => $"datetime'{time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}'",
        DateTime time => $"datetime'{time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture)}'",
        byte[] bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        BinaryData bytes => $"X'{Convert.ToHexStringLower(bytes)}'",
        _ => throw new ArgumentException($"A filter cannot hold a {value.GetType()}."),
    };

    // Without a fraction the service would take it for an Int32.
    private static string Fraction(IFormattable number)
    {
        var text = number.ToString(null, CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAnyExcept("-0123456789") < 0 ? text + ".0" : text;
    }
}
