using System.Globalization;

namespace BuildFunctions.Broker.Providers.Local;

/// <summary>What the kernel says about a process.</summary>
internal readonly record struct ProcessStat(char State, int Session, long Started)
{
    public bool IsZombie => State is 'Z' or 'X';

    public static ProcessStat? Read(int pid)
    {
        string text;
        try
        {
            text = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the program's name and may hold anything, so that counting starts behind its last parenthesis.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return new(fields[0][0], int.Parse(fields[3], CultureInfo.InvariantCulture), long.Parse(fields[19], CultureInfo.InvariantCulture));
    }
}
