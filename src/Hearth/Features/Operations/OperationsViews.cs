using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Operations;

/// <summary>How the ledger and its readers fare.</summary>
/// <param name="Position">The greatest position given out.</param>
/// <param name="Horizon">Everything up to here is visible to readers; less than the position while somebody writes.</param>
/// <param name="RowsPerSecond">Rows appended in the last minute, a second.</param>
/// <param name="OldestWriterSeconds">How long the oldest transaction that has appended is open; null when there is none.</param>
/// <param name="Epoch">New after a restore of an older state: whoever follows from outside begins anew.</param>
internal sealed record LedgerView(
    string Position,
    string Horizon,
    double RowsPerSecond,
    double? OldestWriterSeconds,
    Guid Epoch,
    IReadOnlyList<ProjectionView> Projections,
    IReadOnlyList<PartitionView> Partitions);

/// <param name="Lag">Ids between its checkpoint and the horizon; ids have gaps, so rows at most.</param>
/// <param name="Rows">How many rows it has applied.</param>
/// <param name="Rebuild">A rebuild that this node runs or ran last; null when there was none.</param>
internal sealed record ProjectionView(string Name, int Version, string Position, long Lag, long Rows, DateTime UpdatedAt, RebuildView? Rebuild);

/// <param name="State"><c>running</c>, <c>done</c> or <c>failed</c>.</param>
/// <param name="Rows">Rows replayed, once it is done.</param>
internal sealed record RebuildView(string Name, string State, DateTime StartedAt, DateTime? EndedAt, long? Rows, string? Error);

/// <param name="ToId">Exclusive.</param>
/// <param name="Month">The month that it began with; null for a later one of the same month.</param>
/// <param name="Rows">As the database's statistics estimate.</param>
/// <param name="Bytes">With its indexes.</param>
internal sealed record PartitionView(string Name, long FromId, long ToId, DateOnly? Month, long Rows, long Bytes);

/// <summary>What the checks found last; every difference is a defect.</summary>
/// <param name="Differences">Of all checks; must be 0.</param>
internal sealed record DriftView(long Differences, IReadOnlyList<DriftCheckView> Checks);

/// <param name="Name">A projection, or a counter and its source.</param>
/// <param name="Rows">Rows checked; null before the first check.</param>
/// <param name="Examples">The first differences, in words.</param>
internal sealed record DriftCheckView(string Name, long? Rows, long? Differences, DateTime? CheckedAt, IReadOnlyList<string> Examples);

/// <summary>Something that leaves the server: a mail, a push message, a webhook's call. What it says is not shown.</summary>
/// <param name="State"><c>pending</c>, <c>sending</c>, <c>sent</c>, <c>dead</c> or <c>cancelled</c>.</param>
/// <param name="DueAt">When it is tried next, or when its attempt under way is given up for lost.</param>
internal sealed record DeliveryView(
    long Id, string Key, string Channel, string State, int Attempts, DateTime DueAt, DateTime CreatedAt, DateTime? SentAt, string? LastError);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LedgerView))]
[JsonSerializable(typeof(Demo.DemoSignIns))]
[JsonSerializable(typeof(RebuildView))]
[JsonSerializable(typeof(DriftView))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(KeysetPage<DeliveryView>))]
internal sealed partial class OperationsJson : JsonSerializerContext;
