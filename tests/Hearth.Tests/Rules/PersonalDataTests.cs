using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Rules;

/// <summary>Every column that names a person is in the export and touched by an erasure, or its owner says why not.</summary>
public sealed class PersonalDataTests(HearthApp app) : IClassFixture<HearthApp>
{
    /// <summary>What columns with ids of people are called; columns that refer to <c>users</c> count whatever they are called.</summary>
    private static readonly string[] Names =
    [
        "user_id", "author", "actor", "owner", "other", "subject", "reporter", "follower", "followed", "blocker", "blocked", "created_by", "made_by", "restored_by",
        "published_by", "reverted_by", "decided_by", "claimed_by", "reviewed_by", "approved_by", "sent_by", "started_by", "earner", "giver", "last_actor", "post_author", "member", "sender",
    ];

    [Fact]
    public async Task What_names_a_person_is_exported_or_its_owner_says_why_not()
    {
        var covered = Features.SelectMany(feature => feature.Files).SelectMany(file => file.Columns)
            .Concat(Features.SelectMany(feature => feature.Exceptions).Where(one => one.NotExported is not null).Select(one => one.Column));
        Rule.Holds((await Columns()).Except(covered).Select(column => $"{column} is in no file of the export (IPersonal.Files) and no exception"));
    }

    [Fact]
    public async Task What_names_a_person_is_erased_or_its_owner_says_why_it_stays()
    {
        var covered = Features.SelectMany(feature => feature.Erasure).SelectMany(step => step.Columns)
            .Concat(Features.SelectMany(feature => feature.Exceptions).Where(one => one.NotErased is not null).Select(one => one.Column))
            .Append("users.id");
        Rule.Holds((await Columns()).Except(covered).Select(column => $"{column} is touched by no step of an erasure (IPersonal.Erasure) and no exception"));
    }

    [Fact]
    public async Task Nobody_speaks_for_a_column_that_is_not_there()
    {
        var spoken = Features.SelectMany(feature => feature.Files.SelectMany(file => file.Columns).Concat(feature.Erasure.SelectMany(step => step.Columns))
            .Concat(feature.Exceptions.Select(one => one.Column)));
        Rule.Holds(spoken.Distinct().Except(await Columns()).Select(column => $"{column} names nobody"));
    }

    private List<IPersonal> Features => [.. app.Services.GetServices<IPersonal>()];

    private async Task<HashSet<string>> Columns()
    {
        var columns = await app.Db.Scalar<string[]>(
            """
            select array_agg(distinct (c.relname || '.' || a.attname)::text)
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
               and (c.relname = 'users' and a.attname = 'id'
                 or a.attname = any ($1) and a.atttypid = 'bigint'::regtype
                 or exists (select from pg_constraint k
                             where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'users'::regclass and a.attnum = any (k.conkey)))
            """,
            [Names]);
        Assert.NotNull(columns);
        return [.. columns];
    }
}
