using System.Text.RegularExpressions;

namespace BuildFunctions.Embedded.Timers;

/// <summary>Timer functions: the schedule of each, its %Settings% looked up.</summary>
internal sealed partial class TimerTrigger : ITriggerKind
{
    public const string Kind = "timerTrigger";

    private readonly Dictionary<AppFunction, TimerSchedule> _schedules = [];

    public TimerTrigger(FunctionCatalog catalog, IConfiguration settings)
    {
        foreach (var function in catalog.OfType(Kind))
        {
            Add(function, function.Trigger.Text("schedule") ?? "", settings);
        }

        if (_schedules.Count > 0 && !TimerStorage.IsConfigured(settings))
        {
            Faults.Add("Timer functions need the setting AzureWebJobsStorage: UseDevelopmentStorage=true for Azurite, or a connection string.");
        }
    }

    public string Type => Kind;

    public List<string> Faults { get; } = [];

    public IReadOnlyDictionary<AppFunction, TimerSchedule> Schedules => _schedules;

    public string Describe(AppFunction function) => $"timer, {_schedules[function].Text}";

    public void Check(AppFunction function, ICollection<string> faults)
    {
        if (function.TriggerParameter?.ParameterType != typeof(TimerInfo))
        {
            faults.Add($"Function {function}: the parameter with [TimerTrigger] must be a TimerInfo.");
        }
    }

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
