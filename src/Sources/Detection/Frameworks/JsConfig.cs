using System.Buffers;
using System.Text;

namespace BuildFunctions.Sources.Detection.Frameworks;

// A configuration written in JavaScript, read as text: it is hostile and is never run. What is computed stays unknown.
internal sealed class JsConfig(string file, string text)
{
    private const int LongestJoin = 300;

    private static readonly SearchValues<char> TextEnds = SearchValues.Create("'\"`$\r\n");

    private readonly string _code = WithoutComments(text);

    public string File => file;

    public string? Text(string property) => Values(property, ":").Select(TextAt).FirstOrDefault(text => text is not null);

    // The property inside the first block of that name: build: { outDir: 'x' }.
    public string? Text(string block, string property) => Block(block)?.Text(property);

    public bool Says(string property, string value) => Values(property, ":").Any(at =>
        string.CompareOrdinal(_code, at, value, 0, value.Length) == 0 && (at + value.Length == _code.Length || !IsWord(_code[at + value.Length])));

    // The property has a value, and none that can be read.
    public bool Computes(string property) => Values(property, ":").Any() && Folder(property) is null;

    // A folder as a text, or as path.resolve(__dirname, 'a', 'b'), which counts from the folder of the configuration.
    public ConfigFolder? Folder(string property) => Values(property, ":").Select(FolderAt).FirstOrDefault(folder => folder is not null);

    public ConfigFolder? Folder(string block, string property) => Block(block)?.Folder(property);

    // Whether it takes something from the module or from a part of it ("nitro" also stands for "nitro/vite").
    public bool Imports(string module)
    {
        for (var at = _code.IndexOf(module, StringComparison.Ordinal); at >= 0; at = _code.IndexOf(module, at + module.Length,
            StringComparison.Ordinal))
        {
            var end = at + module.Length;
            if (at > 0 && _code[at - 1] is '\'' or '"' && end < _code.Length && _code[end] is '\'' or '"' or '/' && IsImport(at - 2))
            {
                return true;
            }
        }

        return false;
    }

    public bool Contains(string text) => _code.Contains(text, StringComparison.Ordinal);

    public JsConfig? Block(string name)
    {
        var from = Values(name, ":(").Select(BlockAt).FirstOrDefault(at => at > 0);
        if (from == 0)
        {
            return null;
        }

        var depth = 1;
        for (var i = from; i < _code.Length; i++)
        {
            depth += _code[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return new JsConfig(file, _code[from..i]);
            }
        }

        return null;
    }

    // Where what a property has begins: after each of its names, which no letter and no dot precede, quoted or not, and one of the signs.
    private IEnumerable<int> Values(string property, string signs)
    {
        for (var at = _code.IndexOf(property, StringComparison.Ordinal); at >= 0; at = _code.IndexOf(property, at + property.Length, StringComparison.Ordinal))
        {
            var before = at > 0 && _code[at - 1] is '\'' or '"' ? at - 2 : at - 1;
            var end = at + property.Length;
            var sign = AfterBlanks(end < _code.Length && _code[end] is '\'' or '"' ? end + 1 : end);
            if ((before < 0 || !(IsWord(_code[before]) || _code[before] is '.' or '$')) && sign < _code.Length && signs.Contains(_code[sign]))
            {
                yield return AfterBlanks(sign + 1);
            }
        }
    }

    // A text on one line, with nothing in it that is computed.
    private string? TextAt(int at)
    {
        if (at >= _code.Length || _code[at] is not ('\'' or '"' or '`'))
        {
            return null;
        }

        var end = _code.AsSpan(at + 1).IndexOfAny(TextEnds);
        return end >= 0 && _code[at + 1 + end] == _code[at] ? _code.Substring(at + 1, end) : null;
    }

    private ConfigFolder? FolderAt(int at)
    {
        if (TextAt(at) is { } text)
        {
            return new ConfigFolder(text, FromConfig: false);
        }

        var open = at;
        while (open < _code.Length && (IsWord(_code[open]) || _code[open] == '.'))
        {
            open++;
        }

        if (open >= _code.Length || _code[open] != '(' || !IsJoin(_code.AsSpan(at, open - at)))
        {
            return null;
        }

        var close = _code.IndexOf(')', open, Math.Min(LongestJoin, _code.Length - open));
        return close < 0 ? null : Joined(_code[(open + 1)..close].Split(','));
    }

    private static ConfigFolder? Joined(string[] parts)
    {
        var names = parts.Select(part => part.Trim()).ToArray();
        var fromConfig = names[0] is "__dirname" or "import.meta.dirname";
        var texts = names.Skip(fromConfig ? 1 : 0).Select(Unquoted).ToArray();
        return texts.Length > 0 && Array.TrueForAll(texts, text => text is not null) ? new ConfigFolder(string.Join('/', texts), fromConfig)
            : null;
    }

    private static string? Unquoted(string text) =>
        text is ['\'' or '"' or '`', .. var inner, _] && text[0] == text[^1] && inner.AsSpan().IndexOfAny(TextEnds) < 0 ? inner : null;

    private static bool IsJoin(ReadOnlySpan<char> called) => called is "resolve" or "join" or "path.resolve" or "path.join";

    // What stands before the quote: from, import, require( or import(.
    private bool IsImport(int at)
    {
        while (at >= 0 && char.IsWhiteSpace(_code[at]))
        {
            at--;
        }

        var before = _code.AsSpan(0, at + 1);
        return before.EndsWith("from") || before.EndsWith("import") || before.EndsWith("require(") || before.EndsWith("import(");
    }

    // Zero where no block begins.
    private int BlockAt(int at)
    {
        at = at < _code.Length && _code[at] == '(' ? AfterBlanks(at + 1) : at;
        return at < _code.Length && _code[at] == '{' ? at + 1 : 0;
    }

    private int AfterBlanks(int at)
    {
        while (at < _code.Length && char.IsWhiteSpace(_code[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    // Strings are kept as they are: "https://" is no comment.
    private static string WithoutComments(string text)
    {
        var code = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '\'' or '"' or '`')
            {
                var end = i + 1;
                while (end < text.Length && text[end] != c && (c == '`' || text[end] != '\n'))
                {
                    end += text[end] == '\\' ? 2 : 1;
                }

                end = Math.Min(end, text.Length - 1);
                code.Append(text, i, end - i + 1);
                i = end;
            }
            else if (c == '/' && i + 1 < text.Length && (text[i + 1] is '/' or '*'))
            {
                var line = text[i + 1] == '/';
                var end = text.IndexOf(line ? "\n" : "*/", i + 2, StringComparison.Ordinal);
                i = end < 0 ? text.Length : line ? end - 1 : end + 1;
            }
            else
            {
                code.Append(c);
            }
        }

        return code.ToString();
    }
}
