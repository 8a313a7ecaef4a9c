using Dapper;
using Npgsql;

namespace Hearth.Features.Moderation.Rings;

/// <summary>A ring as it is stored.</summary>
internal sealed record RingRow(
    long Id, Guid Uuid, DateTime Since, DateTime Until, int Inside, int Given, double Expected, double Lift, double Density, double Reciprocity, long? VoidId,
    DateTime? VoidUntil, bool Voided, bool Settled);

/// <summary>A member's part in it.</summary>
internal sealed record RingMember(long UserId, int InsideGiven, int InsideReceived, int Given, int Received);

/// <summary>The statements on rings.</summary>
internal static class RingStore
{
    private const string Columns =
        """
        id as Id, uuid as Uuid, since as Since, until as Until, inside as Inside, given as Given, expected as Expected, lift as Lift, density as Density,
        reciprocity as Reciprocity, void_id as VoidId, void_until as VoidUntil, voided as Voided, settled as Settled
        """;

    private const string AddSql =
        """
        -- rings.add
        insert into rings (since, until, inside, given, expected, lift, density, reciprocity)
        values (@since, @until, @Inside, @Given, @Expected, @Lift, @Density, @Reciprocity) returning id as Id, uuid as Uuid
        """;

    // The void of an earlier decision stays with it; another decision makes another.
    private const string ChangeSql =
        """
        -- rings.change
        update rings set since = case when @again then @since else least(since, @since) end, until = @until, inside = @Inside, given = @Given, expected = @Expected,
               lift = @Lift, density = @Density, reciprocity = @Reciprocity
         where id = @id
        """;

    private const string MembersSql =
        """
        -- rings.set_members
        with gone as (
          delete from ring_members where ring_id = @id and user_id <> all (@users))
        insert into ring_members (ring_id, user_id, inside_given, inside_received, given, received)
        select @id, * from unnest(@users::bigint[], @insideGiven::int[], @insideReceived::int[], @given::int[], @received::int[])
        on conflict (ring_id, user_id) do update
           set inside_given = excluded.inside_given, inside_received = excluded.inside_received, given = excluded.given, received = excluded.received
        """;

    // The same ring is one that shares half of the members of the smaller of the two.
    private const string KnownSql =
        """
        -- rings.known
        select r.id as Id, r.uuid as Uuid, r.inside as Inside, n.members::int as Members,
               r.voided and exists (select from voids v where v.id = r.void_id and v.restored_at is null) as IsVoided,
               exists (select from reports p where p.object_kind = 21 and p.object_id = r.id and p.status <> 'resolved') as IsOpen
          from (select ring_id, count(*) as common from ring_members where user_id = any (@users) group by ring_id) c
          join rings r on r.id = c.ring_id
         cross join lateral (select count(*) as members from ring_members m where m.ring_id = r.id) n
         where 2 * c.common >= least(n.members, cardinality(@users))
         order by c.common desc, r.id desc limit 1
        """;

    private const string MemberViewsSql =
        """
        -- rings.member_views
        select m.ring_id as Ring, u.uuid as Id, u.username as Username, m.inside_given as InsideGiven, m.inside_received as InsideReceived, m.given as Given,
               m.received as Received
          from ring_members m join users u on u.id = m.user_id where m.ring_id = any (@ids) order by m.ring_id, m.inside_given desc, m.user_id
        """;

    public sealed record Known(long Id, Guid Uuid, int Inside, int Members, bool IsVoided, bool IsOpen);

    public sealed record MemberView(long Ring, Guid Id, string Username, int InsideGiven, int InsideReceived, int Given, int Received);

    public static Task<Known?> Find(NpgsqlConnection db, long[] users) => db.QuerySingleOrDefaultAsync<Known>(KnownSql, new { users });

    public static Task<(long Id, Guid Uuid)> Add(NpgsqlConnection db, RingFound ring) => db.QuerySingleAsync<(long, Guid)>(AddSql, Values(ring, 0, false));

    /// <param name="again">It was decided before: the time of its reactions begins anew.</param>
    public static Task Change(NpgsqlConnection db, long id, RingFound ring, bool again) => db.ExecuteAsync(ChangeSql, Values(ring, id, again));

    public static Task SetMembers(NpgsqlConnection db, long id, IReadOnlyList<RingMember> members) => db.ExecuteAsync(MembersSql, new
    {
        id,
        users = members.Select(one => one.UserId).ToArray(),
        insideGiven = members.Select(one => one.InsideGiven).ToArray(),
        insideReceived = members.Select(one => one.InsideReceived).ToArray(),
        given = members.Select(one => one.Given).ToArray(),
        received = members.Select(one => one.Received).ToArray(),
    });

    public static Task<RingRow> Lock(NpgsqlConnection db, long id) =>
        db.QuerySingleAsync<RingRow>($"-- rings.lock\nselect {Columns} from rings where id = @id for update", new { id });

    public static async Task<long[]> Members(NpgsqlConnection db, long id) =>
        [.. await db.QueryAsync<long>("-- rings.members\nselect user_id from ring_members where ring_id = @id order by user_id", new { id })];

    /// <summary>Those whose accounts are in use.</summary>
    public static async Task<long[]> ActiveMembers(NpgsqlConnection db, long id) =>
    [
        .. await db.QueryAsync<long>(
            "-- rings.active_members\nselect m.user_id from ring_members m join users u on u.id = m.user_id where m.ring_id = @id and u.is_active order by 1", new { id }),
    ];

    public static Task<bool> IsMember(NpgsqlConnection db, long id, long user) =>
        db.QuerySingleAsync<bool>("-- rings.is_member\nselect exists (select from ring_members where ring_id = @id and user_id = @user)", new { id, user });

    public static Task Suspended(NpgsqlConnection db, long id, long user, bool suspended) =>
        db.ExecuteAsync("-- rings.suspended\nupdate ring_members set suspended = @suspended where ring_id = @id and user_id = @user", new { id, user, suspended });

    public static async Task<long[]> AllSuspended(NpgsqlConnection db, long id) =>
        [.. await db.QueryAsync<long>("-- rings.all_suspended\nselect user_id from ring_members where ring_id = @id and suspended order by user_id", new { id })];

    public static Task Void(NpgsqlConnection db, long id, long? voidId, bool voided) => db.ExecuteAsync(
        """
        -- rings.void
        update rings set void_id = coalesce(@voidId, void_id), void_until = case when @voidId is null then void_until else now() end, voided = @voided, settled = false
         where id = @id
        """,
        new { id, voidId, voided });

    /// <summary>Who decided about it last.</summary>
    public static Task<long> Judge(NpgsqlConnection db, long id) => db.QueryFirstAsync<long>(
        "-- rings.judge\nselect decided_by from reports where object_kind = 21 and object_id = @id and decided_by is not null order by decided_at desc limit 1", new { id });

    public static Task Settled(NpgsqlConnection db, long id) => db.ExecuteAsync("-- rings.settled\nupdate rings set settled = true where id = @id", new { id });

    public static async Task<long[]> Unsettled(NpgsqlConnection db) =>
        [.. await db.QueryAsync<long>("-- rings.unsettled\nselect id from rings where not settled order by id")];

    public static async Task<Dictionary<Guid, RingView>> Views(NpgsqlConnection db, Guid[] uuids)
    {
        var rings = (await db.QueryAsync<RingRow>($"-- rings.views\nselect {Columns} from rings where uuid = any (@uuids)", new { uuids })).ToList();
        var members = (await db.QueryAsync<MemberView>(MemberViewsSql, new { ids = rings.Select(ring => ring.Id).ToArray() })).ToLookup(one => one.Ring);
        return rings.ToDictionary(ring => ring.Uuid, ring => new RingView(
            [.. members[ring.Id].Select(one => new RingMemberView(new PersonView(one.Id, one.Username), one.InsideGiven, one.InsideReceived, one.Given, one.Received))],
            ring.Since, ring.Until, ring.Inside, ring.Given, Rounded(ring.Given == 0 ? 0 : ring.Inside / (double)ring.Given), Rounded(ring.Expected), Math.Round(ring.Lift, 1),
            Rounded(ring.Density), Rounded(ring.Reciprocity), ring.Voided ? ring.VoidId : null));
    }

    private static double Rounded(double value) => Math.Round(value, 3);

    private static object Values(RingFound ring, long id, bool again) => new
    {
        id,
        again,
        since = ring.Since,
        until = ring.Until,
        ring.Figures.Inside,
        ring.Figures.Given,
        ring.Figures.Expected,
        ring.Figures.Lift,
        ring.Figures.Density,
        ring.Figures.Reciprocity,
    };
}
