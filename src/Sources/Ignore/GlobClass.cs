namespace BuildFunctions.Sources.Ignore;

// The named sets of a glob's brackets: [[:alpha:]]. Null for a name that does not exist, which makes the pattern match nothing.
internal static class GlobClass
{
    public static bool? Contains(ReadOnlySpan<byte> name, byte value)
    {
        var c = (char)value;
        var ascii = value < 0x80;
        return name switch
        {
            _ when name.SequenceEqual("alnum"u8) => ascii && char.IsAsciiLetterOrDigit(c),
            _ when name.SequenceEqual("alpha"u8) => ascii && char.IsAsciiLetter(c),
            _ when name.SequenceEqual("blank"u8) => c is ' ' or '\t',
            _ when name.SequenceEqual("cntrl"u8) => ascii && char.IsControl(c),
            _ when name.SequenceEqual("digit"u8) => char.IsAsciiDigit(c),
            _ when name.SequenceEqual("graph"u8) => c is > ' ' and < '\x7f',
            _ when name.SequenceEqual("lower"u8) => char.IsAsciiLetterLower(c),
            _ when name.SequenceEqual("print"u8) => c is >= ' ' and < '\x7f',
            _ when name.SequenceEqual("punct"u8) => ascii && c is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(c),
            _ when name.SequenceEqual("space"u8) => c is ' ' or (>= '\t' and <= '\r'),
            _ when name.SequenceEqual("upper"u8) => char.IsAsciiLetterUpper(c),
            _ when name.SequenceEqual("xdigit"u8) => char.IsAsciiHexDigit(c),
            _ => null,
        };
    }
}
