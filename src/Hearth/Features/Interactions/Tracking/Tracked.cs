namespace Hearth.Features.Interactions;

/// <summary>An interaction to be written; no time means now, by the database's clock.</summary>
internal readonly record struct Tracked(
    long User, long Content, short Type, bool ByExternalId, int? Value, string? Mood, int? Intensity, int? Seconds, string? Context, string? Notes, DateTime? At)
{
    public static Tracked From(long user, KnownContent content, short type, TrackRequest request) => new(
        user,
        content.Id,
        type,
        content.ByExternalId,
        request.InteractionValue,
        request.MoodAtInteraction,
        request.MoodIntensityAtInteraction,
        request.InteractionDurationSeconds,
        request.Context,
        request.Notes,
        // As the database keeps it.
        request.OccurredAt is { } at ? new DateTime(at.Ticks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc) : null);
}

/// <summary>An interaction as its row tells it after a write.</summary>
internal sealed record TrackedRow(
    long Id, long User, short Type, int? Value, string? Mood, int? Intensity, int? Seconds, string? Context, string? Notes, DateTime CreatedAt, DateTime UpdatedAt, bool IsNew)
{
    public InteractionView View(string contentId) => new(
        Id, User, contentId, InteractionTypes.Name(Type), Value, Mood, Intensity, Seconds, Context, Notes, CreatedAt, UpdatedAt);
}
