using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

/// <summary>People do this and that at random; whatever they do, counts are as lists, and the tables as a replay makes them.</summary>
public sealed class RandomLivesTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Unread_counts_are_as_listed_and_a_replay_makes_the_same(int seed)
    {
        var random = new Random(seed);
        var people = new List<Person>();
        for (var i = 0; i < 4; i++)
            people.Add(await app.SignUp("person"));
        var life = new Life(app, people, random);
        var moderator = await app.SignUp("mod");
        var voids = app.Services.GetRequiredService<Voids>();
        var made = new List<long>();

        for (var round = 0; round < 8; round++)
        {
            await app.Write([.. Enumerable.Range(0, 25).SelectMany(_ => life.Next())]);
            await Read(people[random.Next(people.Count)], random);
            if (random.Next(2) == 0)
            {
                var rows = await app.Db.Rows("select id from ledger where actor = $1 and verb < 64 order by id desc limit 9", people[random.Next(4)].Id);
                var (id, _, position) = await voids.Make(
                    new VoidRequest(moderator.Id, "at random") { Rows = [.. rows.Select(row => long.Parse(row, System.Globalization.CultureInfo.InvariantCulture))] },
                    TestContext.Current.CancellationToken);
                made.Add(id);
                await app.Settled(position);
            }
            else if (made.Count > 0)
            {
                await app.Settled((await voids.Restore(made[^1], moderator.Id, TestContext.Current.CancellationToken)).Position);
                made.RemoveAt(made.Count - 1);
            }

            foreach (var person in people)
                await app.Unread(person);
        }

        await app.Verify();
    }

    private static async Task Read(Person reader, Random random)
    {
        var listed = (await reader.Get("/api/v1/notifications?limit=100"))["results"].EnumerateArray().ToList();
        if (listed.Count == 0)
            return;
        var id = listed[random.Next(listed.Count)].GetProperty("id").GetString();
        switch (random.Next(4))
        {
            case 0:
                (await reader.Post("/api/v1/notifications/read-all")).Is(200);
                break;
            case 1:
                (await reader.Delete($"/api/v1/notifications/{id}")).Is(204);
                break;
            default:
                (await reader.Post($"/api/v1/notifications/{id}/read")).Is(200);
                break;
        }
    }

    /// <summary>What the four do: a like that is given again and taken back, comments that are hidden and deleted, blocks, follows, groups.</summary>
    private sealed class Life(NotificationsApp app, List<Person> people, Random random)
    {
        private readonly HashSet<(Person, long)> likes = [];
        private readonly HashSet<(Person, Person)> follows = [];
        private readonly List<(long Post, Person Author)> posts = [.. people.SelectMany(person => Enumerable.Range(0, 2).Select(_ => (app.NewObject(), person)))];
        private readonly List<(long Comment, Person Author)> comments = [];
        private readonly int group = (int)app.NewObject();
        private DateTime now = DateTime.UtcNow.AddDays(-20);

        public IEnumerable<Entry> Next()
        {
            now = now.AddMinutes(random.Next(40));
            return Act().Select(entry => entry with { At = now });
        }

        private IEnumerable<Entry> Act()
        {
            var (who, whom) = (people[random.Next(people.Count)], people[random.Next(people.Count)]);
            var (post, author) = posts[random.Next(posts.Count)];
            switch (random.Next(12))
            {
                case < 5:
                    return likes.Add((who, post)) ? [LikePost(who, post, author)] : Unlike(who, post, author);
                case 5 or 6:
                    comments.Add((app.NewObject(), who));
                    return [Comment(who, comments[^1].Comment, post, author), .. who == whom ? [] : new[] { Mention(who, comments[^1].Comment, post, whom) }];
                case 7 when comments.Count > 0:
                    return [About(random.Next(3) switch { 0 => Verb.DeleteComment, 1 => Verb.HideComment, _ => Verb.UnhideComment }, who)];
                case 8 when who != whom:
                    return follows.Add((who, whom)) ? [People(Verb.Follow, who, whom)] : Unfollow(who, whom);
                case 9 when who != whom:
                    return [People(random.Next(2) == 0 ? Verb.Block : Verb.Unblock, who, whom)];
                case 10:
                    return [new Entry(random.Next(3) > 0 ? Verb.JoinGroup : Verb.LeaveGroup, ObjectKind.Group, group) { Actor = who.Id, Subject = who.Id, Group = group }];
                default:
                    posts.Add((app.NewObject(), who));
                    return [new Entry(Verb.CreatePost, ObjectKind.Post, posts[^1].Post) { Actor = who.Id, Subject = who.Id, Group = group }];
            }
        }

        private Entry[] Unlike(Person who, long post, Person author)
        {
            likes.Remove((who, post));
            return [UnlikePost(who, post, author)];
        }

        private Entry[] Unfollow(Person who, Person whom)
        {
            follows.Remove((who, whom));
            return [People(Verb.Unfollow, who, whom)];
        }

        private Entry About(Verb verb, Person who)
        {
            var (comment, author) = comments[random.Next(comments.Count)];
            return new Entry(verb, ObjectKind.Comment, comment) { Actor = who.Id, Subject = author.Id };
        }

        private static Entry People(Verb verb, Person who, Person whom) => new(verb, ObjectKind.User, whom.Id) { Actor = who.Id, Subject = whom.Id };
    }
}
