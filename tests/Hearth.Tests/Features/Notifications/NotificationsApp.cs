using System.Globalization;
using Hearth.Ledger;
using Hearth.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hearth.Tests.Features.Notifications;

/// <summary>An application whose ledger a test writes itself: with times that it chooses, and rows of any verb.</summary>
public class NotificationsApp : HearthApp
{
    private int objects = 1_000;

    // First likes and first comments earn badges, of which a moment later people are told: not what these tests count.
    private protected override void Change(WebApplicationBuilder builder)
    {
        foreach (var announcer in builder.Services.Where(service =>
            (service.ImplementationFactory?.Method.ReturnType ?? service.ImplementationType)?.Name == "BadgeAnnouncer"
            && service.ServiceType == typeof(IHostedService)).ToList())
            builder.Services.Remove(announcer);
    }

    /// <summary>An id that nothing else in this application has.</summary>
    public long NewObject() => Interlocked.Increment(ref objects);

    /// <summary>Appends entries in one transaction and waits until everything has followed.</summary>
    internal async Task<long> Write(params Entry[] entries)
    {
        await using var write = await Services.GetRequiredService<Writes>().Begin();
        foreach (var entry in entries)
            write.Append(entry);
        var position = await write.Commit();
        await Settled(position);
        return position;
    }

    internal static Entry LikePost(Person who, long post, Person author, DateTime? at = null) =>
        new(Verb.LikePost, ObjectKind.Post, post) { Actor = who.Id, Subject = author.Id, Value = 1, At = at };

    internal static Entry UnlikePost(Person who, long post, Person author) =>
        new(Verb.UnlikePost, ObjectKind.Post, post) { Actor = who.Id, Subject = author.Id };

    internal static Entry Comment(Person who, long comment, long post, Person author) =>
        new(Verb.CommentPost, ObjectKind.Comment, comment) { Actor = who.Id, Subject = author.Id, Detail = Post(post) };

    internal static Entry Mention(Person who, long comment, long post, Person whom) =>
        new(Verb.MentionUser, ObjectKind.Comment, comment) { Actor = who.Id, Subject = whom.Id, Detail = Post(post) };

    internal static Entry Reply(Person who, long comment, long post, Person parentAuthor, Person postAuthor) => new(Verb.ReplyComment, ObjectKind.Comment, comment)
    {
        Actor = who.Id,
        Subject = parentAuthor.Id,
        Detail = string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post}},"parent":1,"post_author":{{postAuthor.Id}}}"""),
    };

    internal async Task<string[]> Messages(Person reader) =>
        [.. (await reader.Get("/api/engagement/analytics/my_notifications/?limit=100")).Is(200)["results"].EnumerateArray()
            .Select(one => one.GetProperty("message").GetString()!)];

    /// <summary>Fails unless what is counted as unread is what is listed as unread.</summary>
    internal async Task<long> Unread(Person reader)
    {
        var count = (await reader.Get("/api/v1/notifications/unread-count")).Is(200)["unread_count"].GetInt64();
        var listed = (await reader.Get("/api/engagement/analytics/my_notifications/?read=false&limit=100")).Is(200)["results"].GetArrayLength();
        Assert.Equal(listed, count);
        return count;
    }

    /// <summary>Fails unless the tables are as a replay of the ledger makes them.</summary>
    internal async Task Verify()
    {
        await Settled();
        var result = await Services.GetRequiredService<Verification>().Run("notifications", CancellationToken.None);
        Assert.True(result.Differences == 0, string.Join('\n', result.Examples));
    }

    private static string Post(long post) => string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post}}}""");
}
