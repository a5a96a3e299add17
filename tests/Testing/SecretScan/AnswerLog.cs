using System.Collections.Concurrent;

namespace BuildFunctions.Testing.SecretScan;

/// <summary>What a test was answered, kept for a scan at its end, when all secrets are known.</summary>
public sealed class AnswerLog
{
    private readonly ConcurrentQueue<(string What, byte[] Body)> _answers = [];

    public void Add(string what, string text) => Add(what, System.Text.Encoding.UTF8.GetBytes(text));

    public void Add(string what, byte[] body) => _answers.Enqueue((what, body));

    public void ShowTo(SecretScanner scanner)
    {
        foreach (var (what, body) in _answers)
        {
            scanner.Look(what, body);
        }
    }
}
