namespace BuildFunctions.Cli.Tests;

internal static class Waiting
{
    public static async Task ForAsync(Func<string> text, string part)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!text().Contains(part, StringComparison.Ordinal))
        {
            await Task.Delay(5, deadline.Token);
        }
    }
}
