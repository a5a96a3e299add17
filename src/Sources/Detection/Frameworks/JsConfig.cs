using System.Text;
using System.Text.RegularExpressions;

namespace BuildFunctions.Sources.Detection.Frameworks;

// A configuration written in JavaScript, read as text: it is hostile and is never run. What is computed stays unknown.
internal sealed class JsConfig(string file, string text)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    private readonly string _code = WithoutComments(text);

    public string File => file;

    public string? Text(string property) =>
        Regex.Match(_code, $@"(?<![\w.$])['""]?{Regex.Escape(property)}['""]?\s*:\s*(['""`])([^'""`$\r\n]*)\1", RegexOptions.None, Patience) is { Success: true } match ? match.Groups[2].Value : null;

    // The property inside the first block of that name: build: { outDir: 'x' }.
    public string? Text(string block, string property) => Block(block)?.Text(property);

    public bool Says(string property, string value) =>
        Regex.IsMatch(_code, $@"(?<![\w.$])['""]?{Regex.Escape(property)}['""]?\s*:\s*{Regex.Escape(value)}\b", RegexOptions.None, Patience);

    public bool Contains(string text) => _code.Contains(text, StringComparison.Ordinal);

    public JsConfig? Block(string name)
    {
        var start = Regex.Match(_code, $@"(?<![\w.$])['""]?{Regex.Escape(name)}['""]?\s*[:(]\s*(?:\(\s*)?\{{", RegexOptions.None, Patience);
        if (!start.Success)
        {
            return null;
        }

        var from = start.Index + start.Length;
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
