using Hearth.Ledger;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Community;

/// <summary>A text that names people: the post or comment it is in, and whose it is.</summary>
internal readonly record struct MentionPlace(ObjectKind Kind, long Id, long Post, long Author, int? Group, int? Course, int? Campaign);

/// <summary>Who is named where. A name that comes or goes is a row of the ledger of its own, so that readers need no text.</summary>
internal static class MentionStore
{
    private const string AddSql =
        """
        -- mentions.add
        with named as (
          select distinct on (u.id) u.id, n.context, n.o
            from unnest($1::text[], $2::text[]) with ordinality as n (name, context, o)
            join users u on u.username_key = n.name and u.is_active
           order by u.id, n.o)
        insert into mentions (object_kind, object_id, post_id, author, user_id, context)
        select $3, $4, $5, $6, id, context from named order by o
        on conflict (object_kind, object_id, user_id) do update set context = excluded.context
        returning user_id, xmax = 0
        """;

    private const string DropSql =
        """
        -- mentions.drop
        delete from mentions where object_kind = $1 and object_id = $2 and user_id <> all($3) returning user_id
        """;

    /// <summary>Stores who the text names now; appends a row for each who is new, and for each who is not named any more.</summary>
    /// <param name="write">The write that stores the text.</param>
    /// <param name="place">Where the text is.</param>
    /// <param name="text">Title and text.</param>
    /// <param name="isNew">The place had no text before.</param>
    public static async Task Store(Write write, MentionPlace place, string text, bool isNew)
    {
        var found = MentionFinder.Find(text);
        if (found.Count == 0 && isNew)
            return;
        var named = new List<long>();
        if (found.Count > 0)
        {
            foreach (var (user, added) in await Add(write.Db, place, found))
            {
                named.Add(user);
                if (added)
                    write.Append(Row(Verb.MentionUser, place, user));
            }
        }

        if (isNew)
            return;
        foreach (var user in await Drop(write.Db, place, named))
            write.Append(Row(Verb.UnmentionUser, place, user));
    }

    // Who mentions is the text's author, whoever edits it: what one row begins another can take back.
    public static Entry Row(Verb verb, MentionPlace place, long user) => new(verb, place.Kind, place.Id)
    {
        Actor = place.Author,
        Subject = user,
        Group = place.Group,
        Course = place.Course,
        Campaign = place.Campaign,
        Detail = place.Kind == ObjectKind.Comment ? CommentDetail.Of(place.Post) : null,
    };

    private static async Task<List<(long User, bool Added)>> Add(NpgsqlConnection db, MentionPlace place, IReadOnlyList<Mentioned> found)
    {
        await using var command = new NpgsqlCommand(AddSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. found.Select(name => Usernames.Key(name.Name))] },
                new NpgsqlParameter<string[]> { TypedValue = [.. found.Select(name => name.Context)] },
                new NpgsqlParameter<short> { TypedValue = (short)place.Kind },
                new NpgsqlParameter<long> { TypedValue = place.Id },
                new NpgsqlParameter<long> { TypedValue = place.Post },
                new NpgsqlParameter<long> { TypedValue = place.Author },
            },
        };
        var users = new List<(long, bool)>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            users.Add((rows.GetInt64(0), rows.GetBoolean(1)));
        return users;
    }

    private static async Task<List<long>> Drop(NpgsqlConnection db, MentionPlace place, List<long> named)
    {
        await using var command = new NpgsqlCommand(DropSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = (short)place.Kind },
                new NpgsqlParameter<long> { TypedValue = place.Id },
                new NpgsqlParameter<long[]> { TypedValue = [.. named] },
            },
        };
        var users = new List<long>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
            users.Add(rows.GetInt64(0));
        return users;
    }
}
