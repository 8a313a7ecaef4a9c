using System.Diagnostics.Metrics;
using System.Globalization;
using Hearth.Database;
using Hearth.Jobs;
using Npgsql;

namespace Hearth.Features.Engagement.Metrics;

/// <summary>Keeps the community's figures as they are now, for charts of how they grew, and for <c>/metrics</c>; 90 days of them.</summary>
internal sealed class EngagementMetrics(CommunityFigures figures, NpgsqlDataSource source, TimeProvider time) : ScheduledJob
{
    private const string KeepSql =
        """
        -- engagement.metrics_keep
        with gone as (delete from community_metrics where at < $1::timestamptz - interval '90 days')
        insert into community_metrics (at, users, active_users, posts, comments, engagements, health) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (at) do nothing
        """;

    private static readonly Meter Meter = new("Hearth.Engagement");

    private static readonly Gauge<long> Users = Meter.CreateGauge<long>("hearth_community_users", description: "Accounts, as the job engagement_metrics found them.");

    private static readonly Gauge<int> Active =
        Meter.CreateGauge<int>("hearth_community_active_users", description: "People with an engagement in 30 days, as the job engagement_metrics found them.");

    private static readonly Gauge<double> Health =
        Meter.CreateGauge<double>("hearth_community_health", description: "The community's health score, as the job engagement_metrics found it.");

    public override string Name => "engagement_metrics";

    public override TimeSpan Period => TimeSpan.FromMinutes(5);

    public override bool IsBatch => true;

    public override async Task<string> Run(CancellationToken ct)
    {
        var now = await figures.Read(ct);
        await using var db = await source.OpenConnectionAsync(ct);
        await Sql.Execute(
            db, KeepSql, ct, Sql.Time(time.GetUtcNow().UtcDateTime), Sql.Value(now.TotalUsers), Sql.Value(now.ActiveUsers), Sql.Value(now.TotalPosts),
            Sql.Value(now.TotalComments), Sql.Value(now.TotalEngagements), Sql.Value(now.CommunityHealthScore));
        Users.Record(now.TotalUsers);
        Active.Record(now.ActiveUsers);
        Health.Record(now.CommunityHealthScore);
        return string.Create(CultureInfo.InvariantCulture, $"{now.ActiveUsers} of {now.TotalUsers} people active, health {now.CommunityHealthScore:0.00}");
    }
}
