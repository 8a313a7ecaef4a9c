using System.Text.Json;

namespace Hearth.Ledger;

/// <summary>
/// One fact to append: ids and numbers, never what a person wrote, is called or feels.
/// Written only when state really changed.
/// </summary>
internal readonly record struct Entry(Verb Verb, ObjectKind Kind, long ObjectId)
{
    public Entry() : this(default, default, 0)
    {
    }

    /// <summary>Who did it; null where nobody is named (an import's totals).</summary>
    public long? Actor { get; init; }

    /// <summary>Whose object it is, or who it is done to.</summary>
    public long? Subject { get; init; }

    public int? Group { get; init; }

    public int? Course { get; init; }

    public int? Campaign { get; init; }

    /// <summary>A tenant's number, for what belongs to one.</summary>
    public int? Tenant { get; init; }

    /// <summary>A small integer: a reaction's kind, a rating, a total.</summary>
    public int? Value { get; init; }

    /// <summary>The row that this one voids or restores.</summary>
    public long? Voids { get; init; }

    /// <summary>JSON with what the verb's readers need besides; null mostly.</summary>
    public string? Detail { get; init; }

    /// <summary>When it happened, for imports; null is now, by the database's clock.</summary>
    public DateTime? At { get; init; }
}

/// <summary>A row of the ledger as its readers see it. <c>At</c> is UTC.</summary>
internal sealed record LedgerRow(
    long Id,
    DateTime At,
    Verb Verb,
    ObjectKind Kind,
    long ObjectId,
    long? Actor,
    long? Subject,
    int? Group,
    int? Course,
    int? Campaign,
    int? Tenant,
    int? Value,
    string? Detail,
    long? Voids)
{
    /// <summary>The row that a <see cref="Verb.Void"/> or <see cref="Verb.Unvoid"/> names; null otherwise.</summary>
    public LedgerRow? Voided { get; init; }

    /// <summary>
    /// It was brought by an import: it counts like any other, but it is no news. What tells people of things
    /// (notifications, live events) passes over it.
    /// </summary>
    public bool IsImported => Detail?.Contains("\"import\": true", StringComparison.Ordinal) == true;

    /// <returns>The whole number that the detail has by this name; null where it has none.</returns>
    public long? Number(string name) => NumberIn(Detail, name);

    /// <inheritdoc cref="Number"/>
    public static long? NumberIn(string? detail, string name)
    {
        if (detail is null)
            return null;
        using var document = JsonDocument.Parse(detail);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt64(out var number)
            ? number
            : null;
    }
}
