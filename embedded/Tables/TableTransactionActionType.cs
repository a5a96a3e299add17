namespace Azure.Data.Tables;

/// <summary>What one action of a transaction does.</summary>
public enum TableTransactionActionType
{
    /// <summary>Inserts; refused when the entity exists.</summary>
    Add = 0,

    /// <summary>Merges into an existing entity.</summary>
    UpdateMerge = 1,

    /// <summary>Replaces an existing entity.</summary>
    UpdateReplace = 2,

    /// <summary>Deletes an existing entity.</summary>
    Delete = 3,

    /// <summary>Merges, or inserts when there is none.</summary>
    UpsertMerge = 4,

    /// <summary>Replaces, or inserts when there is none.</summary>
    UpsertReplace = 5,
}
