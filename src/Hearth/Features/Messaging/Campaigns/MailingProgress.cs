using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Tenancy;
using Hearth.Ledger;

namespace Hearth.Features.Messaging.Campaigns;

/// <summary>By how much a campaign's counters change.</summary>
internal readonly record struct MailingChange
{
    public int Pending { get; init; }

    public int Sent { get; init; }

    public int Delivered { get; init; }

    public int Read { get; init; }

    public int Failed { get; init; }

    public int Uncertain { get; init; }

    public int Skipped { get; init; }
}

/// <summary>Keeps a campaign's counters with its messages, and ends it with the last.</summary>
internal static class MailingProgress
{
    private const string ApplySql =
        """
        -- mailings.progress
        update mailings g
           set pending = pending + $3, sent = sent + $4, delivered = delivered + $5, read = read + $6, failed = failed + $7, uncertain = uncertain + $8,
               skipped = skipped + $9,
               status = case when status = 'running' and pending + $3 = 0 then 'completed' else status end,
               ended_at = case when status = 'running' and pending + $3 = 0 then $10 else ended_at end
         where tenant = $1 and id = $2
        returning uuid, status = 'completed' and ended_at = $10
        """;

    /// <summary>Changes the counters in the transaction of the messages that they count.</summary>
    public static async Task Apply(Write write, TenantDb db, long mailing, DateTime now, MailingChange change)
    {
        if (change == default)
            return;
        // The database keeps microseconds: both sides of the comparison are as it stores them.
        var at = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var (uuid, ended) = (await db.Rows(
            ApplySql,
            row => (row.GetGuid(0), row.GetBoolean(1)),
            mailing,
            change.Pending,
            change.Sent,
            change.Delivered,
            change.Read,
            change.Failed,
            change.Uncertain,
            change.Skipped,
            at))[0];
        write.Append(new Entry(Verb.ProgressMailing, ObjectKind.Mailing, mailing) { Tenant = db.Tenant.Number, Value = change.Sent });
        if (!ended || change.Pending >= 0)
            return;
        await ActivityStore.Add(db, ActivityType.CampaignCompleted, uuid, mailing, null, now);
        write.Append(new Entry(Verb.ChangeMailing, ObjectKind.Mailing, mailing) { Tenant = db.Tenant.Number, Value = MailingStates.Number("completed") });
    }
}

internal static class MailingStates
{
    public static readonly string[] Names = ["draft", "running", "paused", "cancelled", "completed"];

    public static int Number(string state) => Array.IndexOf(Names, state);
}
