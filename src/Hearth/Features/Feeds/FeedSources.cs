using Hearth.Database;
using Npgsql;

namespace Hearth.Features.Feeds;

/// <summary>An entry that was looked at for a feed, at its place in the feed's order.</summary>
/// <param name="Fits">Whether it is of the feed's kind.</param>
internal readonly record struct Candidate(long Id, DateTime At, bool Fits = true, double Score = 0);

/// <summary>Where a page goes on: behind this, or from the feed's beginning, or (backwards) end.</summary>
internal readonly record struct Place(DateTime At, long Id);

/// <summary>
/// Candidates in a feed's order, of which <see cref="FeedReads.Shown"/> keeps those that the reader may see. None of the statements reads more than
/// a bounded number of entries for each person followed, however long the history is.
/// </summary>
internal static class FeedSources
{
    // So few people are looked at each; of more, the latest entries of all are sifted first.
    private const int Few = 200;

    // How many of the latest entries of all are sifted for those of people followed.
    private const int Window = 2_000;

    private static readonly string[] GlobalSql = Both(
        """
        -- feeds.global
        select e.id, e.at from feed_entries e where (e.at, e.id) {<} ($1, $2) order by e.at {desc}, e.id {desc} limit $3
        """);

    private static readonly string[] NewSql = Both(
        """
        -- feeds.new
        select e.id, e.at, e.actor <> $4 and e.actor not in (select followed from follows where follower = $4) from (
          select id, at, actor from feed_entries where verb in (20, 27, 30, 110) and (at, id) {<} ($1, $2) order by at {desc}, id {desc} limit $3) e
         order by e.at {desc}, e.id {desc}
        """);

    private static readonly string[] SiftSql = Both(
        """
        -- feeds.sift
        select e.id, e.at from (
          select id, at, actor from feed_entries where (at, id) {<} ($1, $2) order by at {desc}, id {desc} limit $5) e
         where e.actor in (select followed from follows where follower = $4)
         order by e.at {desc}, e.id {desc} limit $3
        """);

    // The first n entries of all are among those of the n people whose first entry comes first.
    private static readonly string[] MergeSql = Both(
        """
        -- feeds.merge
        with heads as materialized (
          select f.followed, h.at, h.id from follows f
           cross join lateral (
             select e.at, e.id from feed_entries e where e.actor = f.followed and (e.at, e.id) {<} ($1, $2) order by e.at {desc}, e.id {desc} limit 1) h
           where f.follower = $4 order by h.at {desc}, h.id {desc} limit $3)
        select e.id, e.at from heads h
         cross join lateral (
           select e.id, e.at from feed_entries e where e.actor = h.followed and (e.at, e.id) {<} ($1, $2) order by e.at {desc}, e.id {desc} limit $3) e
         order by e.at {desc}, e.id {desc} limit $3
        """);

    /// <summary>What everybody does.</summary>
    public static Task<List<Candidate>> Global(NpgsqlConnection db, Place? after, bool backwards, int take, CancellationToken ct) =>
        Read(db, GlobalSql, after, backwards, take, ct);

    /// <summary>What people whom the reader does not follow made: posts, skills, groups, courses.</summary>
    public static Task<List<Candidate>> New(NpgsqlConnection db, long user, Place? after, bool backwards, int take, CancellationToken ct) =>
        Read(db, NewSql, after, backwards, take, ct, Sql.Value(user));

    /// <summary>What people do whom the reader follows.</summary>
    public static async Task<List<Candidate>> Followed(NpgsqlConnection db, long user, int following, Place? after, bool backwards, int take, CancellationToken ct)
    {
        if (following > Few)
        {
            var sifted = await Read(db, SiftSql, after, backwards, take, ct, Sql.Value(user), Sql.Value(Window));
            if (sifted.Count == take)
                return sifted;
        }

        return await Read(db, MergeSql, after, backwards, take, ct, Sql.Value(user));
    }

    public static async Task<int> Following(NpgsqlConnection db, long user, CancellationToken ct)
    {
        await using var command = Sql.Command(db, "-- feeds.following\nselect following from follow_counts where user_id = $1", Sql.Value(user));
        return await command.ExecuteScalarAsync(ct) as int? ?? 0;
    }

    private static string[] Both(string sql) =>
    [
        sql.Replace("{<}", "<", StringComparison.Ordinal).Replace("{desc}", "desc", StringComparison.Ordinal),
        sql.Replace("{<}", ">", StringComparison.Ordinal).Replace("{desc}", "asc", StringComparison.Ordinal),
    ];

    private static async Task<List<Candidate>> Read(
        NpgsqlConnection db, string[] sql, Place? after, bool backwards, int take, CancellationToken ct, params NpgsqlParameter[] more)
    {
        var place = after ?? (backwards ? new Place(DateTime.UnixEpoch, 0) : new Place(new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc), long.MaxValue));
        await using var command = Sql.Command(
            db, sql[backwards ? 1 : 0], [Sql.Time(place.At), Sql.Value(place.Id), Sql.Value(take), .. more]);
        var found = new List<Candidate>(take);
        await using var row = await command.ExecuteReaderAsync(ct);
        while (await row.ReadAsync(ct))
            found.Add(new Candidate(row.GetInt64(0), row.GetDateTime(1), row.FieldCount == 2 || row.GetBoolean(2)));
        return found;
    }
}
