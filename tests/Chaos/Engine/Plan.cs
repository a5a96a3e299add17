namespace BuildFunctions.Chaos.Engine;

/// <summary>What instance number n does, what it must return, and which effects it must leave behind.</summary>
internal static class Plan
{
    private static readonly string[] _kinds = ["chain", "fan", "events", "timers", "children", "rounds"];

    public static string Id(int n) => $"chaos-{n}";

    public static string Kind(int n) => _kinds[n % _kinds.Length];

    public static int Result(int n) => Kind(n) switch
    {
        "chain" => 5,
        "fan" => 36,
        "events" => 6,
        "timers" => 3,
        "children" => 5 + 36,
        _ => 4,
    };

    public static IEnumerable<string> Effects(int n) => Kind(n) switch
    {
        "chain" => Chain(Id(n)),
        "fan" => Fan(Id(n)),
        "events" => Labels(Id(n), 3),
        "timers" => Labels(Id(n), 3),
        "children" => [.. Chain($"{Id(n)}-chain"), .. Fan($"{Id(n)}-fan")],
        _ => Labels(Id(n), 4),
    };

    private static IEnumerable<string> Chain(string id) => Labels(id, 5);

    private static IEnumerable<string> Fan(string id) => Labels(id, 8);

    private static IEnumerable<string> Labels(string id, int count) => Enumerable.Range(1, count).Select(step => $"{id}:{step}");
}
