using System.Text;
using System.Text.Json;
using BuildFunctions.Contracts.Builds;
using BuildFunctions.Sources.Detection;

namespace BuildFunctions.Sources.Settings;

// Walks one JSON file by hand, because a fault without its line sends people searching.
internal ref struct JsonFieldReader(ReadOnlySpan<byte> json, string file)
{
    private const int MostToldOf = 20;
    private const int LongestName = 100;
    private const int LongestText = 4000;

    private readonly ReadOnlySpan<byte> _json = json;
    private Utf8JsonReader _reader = new(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });

    public List<string> Faults { get; } = [];

    public List<string> Warnings { get; } = [];

    // The line of the value that is read next or was read last.
    public readonly int Line => _json[..(int)_reader.TokenStartIndex].Count((byte)'\n') + 1;

    public readonly bool IsText => _reader.TokenType is JsonTokenType.String;

    public bool Enter(string what)
    {
        if (_reader.TokenType is JsonTokenType.None)
        {
            _reader.Read();
        }

        if (_reader.TokenType is JsonTokenType.StartObject)
        {
            return true;
        }

        Wrong(what, "must be an object");
        return false;
    }

    // The next field's name, the reader on its value; null at the end of the object.
    public string? Next()
    {
        _reader.Read();
        if (_reader.TokenType is not JsonTokenType.PropertyName)
        {
            return null;
        }

        var name = _reader.GetString();
        _reader.Read();
        return name;
    }

    public string? Text(string what, bool numberToo = false)
    {
        if (IsText && _reader.GetString() is { Length: > 0 } text)
        {
            if (text.Length <= LongestText)
            {
                return text;
            }

            Fault(Line, $"\"{what}\" has more than {LongestText} characters");
            return null;
        }

        if (numberToo && _reader.TokenType is JsonTokenType.Number)
        {
            return Encoding.UTF8.GetString(_reader.ValueSpan);
        }

        Wrong(what, numberToo ? "must be a text or a number" : "must be a text that is not empty");
        return null;
    }

    public string? Folder(string what)
    {
        if (Text(what) is not { } text)
        {
            return null;
        }

        if (ProjectPath.Normalise(text) is { } folder)
        {
            return folder;
        }

        Fault(Line, $"\"{what}\" must be a folder inside the project");
        return null;
    }

    public IReadOnlyList<string> Texts(string what)
    {
        var texts = new List<string>();
        if (_reader.TokenType is not JsonTokenType.StartArray)
        {
            Wrong(what, "must be a list of texts");
            return texts;
        }

        while (_reader.Read() && _reader.TokenType is not JsonTokenType.EndArray)
        {
            if (Text(what + "[]") is { } text)
            {
                texts.Add(text);
            }
        }

        return texts;
    }

    public IReadOnlyDictionary<string, string> Variables(string what)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var line = Line;
        if (!Enter(what))
        {
            return map;
        }

        while (Next() is { } key)
        {
            if (!IsVariable(key))
            {
                Fault(Line, $"\"{what}\" has \"{Shown(key)}\", which is not a variable's name");
            }

            if (_reader.TokenType is JsonTokenType.String)
            {
                map[key] = _reader.GetString()!;
            }
            else if (_reader.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                map[key] = Encoding.UTF8.GetString(_reader.ValueSpan);
            }
            else
            {
                Wrong($"{what}.{Shown(key)}", "must be a text");
            }
        }

        if (BuildEnvironment.Excess(map) is { } excess)
        {
            Fault(line, $"\"{what}\" {excess}");
        }

        return map;
    }

    public void Unknown(string field)
    {
        if (Warnings.Count < MostToldOf)
        {
            Warnings.Add($"{file}:{Line}: \"{Shown(field)}\" is not a setting that is known here");
        }

        Skip();
    }

    public void Skip() => _reader.Skip();

    public readonly void Fault(int line, string message)
    {
        if (Faults.Count < MostToldOf)
        {
            Faults.Add($"{file}:{line}: {message}");
        }
    }

    private void Wrong(string what, string message)
    {
        Fault(Line, $"\"{what}\" {message}");
        Skip();
    }

    private static string Shown(string text) => text.Length <= LongestName ? text : text[..LongestName] + "…";

    private static bool IsVariable(string key) => key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
