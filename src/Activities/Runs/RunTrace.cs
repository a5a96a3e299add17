using System.Text.Json.Serialization;

namespace BuildFunctions.Activities.Runs;

/// <summary>What a search for a run found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrace>))]
public enum RunTrace
{
    /// <summary>It runs, or its provider does not answer.</summary>
    Alive,

    /// <summary>The provider does not list it: once more, and it is gone.</summary>
    Unseen,

    /// <summary>It has ended, or nobody could tell.</summary>
    Gone,
}
