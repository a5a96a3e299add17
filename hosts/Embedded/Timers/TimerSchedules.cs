using System.Text.RegularExpressions;
using BuildFunctions.Embedded.Discovery;
using Microsoft.Extensions.Configuration;

namespace BuildFunctions.Embedded.Timers;

/// <summary>The schedule of each timer function, its %Settings% looked up.</summary>
internal sealed partial class TimerSchedules
{
    private readonly Dictionary<AppFunction, TimerSchedule> _schedules = [];

    public TimerSchedules(FunctionCatalog catalog, IConfiguration settings)
    {
        foreach (var function in catalog.OfType(TimerTrigger.Kind))
        {
            Add(function, function.Trigger.Text("schedule") ?? "", settings);
        }

        if (_schedules.Count > 0 && !TimerStorage.IsConfigured(settings))
        {
            Faults.Add("Timer functions need the setting AzureWebJobsStorage: UseDevelopmentStorage=true for Azurite, or a connection string.");
        }
    }

    public List<string> Faults { get; } = [];

    public IReadOnlyDictionary<AppFunction, TimerSchedule> All => _schedules;

    public TimerSchedule Of(AppFunction function) => _schedules[function];

    private void Add(AppFunction function, string text, IConfiguration settings)
    {
        var missing = Setting().Matches(text).Select(match => match.Groups[1].Value).Where(name => settings[name] is null).ToList();
        if (missing.Count > 0)
        {
            Faults.AddRange(missing.Select(name => $"Function {function}: its schedule '{text}' names the setting '{name}', which has no value."));
            return;
        }

        var resolved = Setting().Replace(text, match => settings[match.Groups[1].Value]!);
        if (TimerSchedule.Parse(resolved) is { } schedule)
        {
            _schedules.Add(function, schedule);
        }
        else
        {
            Faults.Add(
                $"Function {function}: '{resolved}' is not a schedule. Give six cron fields, seconds first (\"0 */5 * * * *\": every five minutes), " +
                "or a TimeSpan (\"00:05:00\").");
        }
    }

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Setting();
}
