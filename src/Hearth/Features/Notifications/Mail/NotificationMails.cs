using System.Globalization;
using Hearth.Features.Notifications.Reading;
using Hearth.Jobs.Mail;
using Hearth.Platform;

namespace Hearth.Features.Notifications.Mail;

/// <summary>
/// The mails of notifications: a template for each type, worded for what the reader is here (corporate, facilitator, individual).
/// </summary>
internal static class NotificationMails
{
    private const int MostLines = 50;

    public static MailMessage One(HearthOptions options, MailReader reader, Shown one, string unsubscribe)
    {
        var content = new MailContent($"{one.Message}.", [.. Paragraphs(one, reader.Roles)])
        {
            Action = new MailLink(Action(one), Addresses.Of(one, options)),
            Footer = [$"You get this mail because mails about “{one.Type.InPreferences()}” are on in your preferences."],
            FooterLinks = [new MailLink("Choose what you hear of", Addresses.Preferences(options)), new MailLink("No more mails like this one", unsubscribe)],
        };
        return MailLayout.Message(options, reader.Address, reader.Name, one.Message, content) with
        {
            Unsubscribe = unsubscribe,
            Headers = ListId(options, one.Type.Name()),
        };
    }

    public static MailMessage Digest(HearthOptions options, MailReader reader, List<Shown> told, string unsubscribe)
    {
        var many = told.Count == 1 ? "one thing" : string.Create(CultureInfo.InvariantCulture, $"{told.Count} things");
        var more = told.Count - MostLines;
        List<string> paragraphs = [For(reader.Roles, "What your organisation's community was up to:", "What your learners were up to:", "This happened since the last digest:")];
        if (more > 0)
            paragraphs.Add(string.Create(CultureInfo.InvariantCulture, $"These are the latest {MostLines}; {more} more are in your list."));
        var content = new MailContent($"{reader.Name}, you missed {many}", paragraphs)
        {
            Items = [.. told.Take(MostLines).Select(one => new MailLink(Line(one), Addresses.Of(one, options)))],
            Action = new MailLink("Open your notifications", Addresses.Notifications(options)),
            Footer = ["You get this digest because it is on in your preferences."],
            FooterLinks = [new MailLink("Choose what you hear of", Addresses.Preferences(options)), new MailLink("No more mails about notifications", unsubscribe)],
        };
        return MailLayout.Message(options, reader.Address, reader.Name, $"You missed {many}", content) with
        {
            Unsubscribe = unsubscribe,
            Headers = ListId(options, "digest"),
        };
    }

    private static string Line(Shown one) => Quoted(one) is { } words ? $"{one.Message}: {words}" : one.Message;

    /// <summary>The words that it is about; people and badges are named by the message itself.</summary>
    private static string? Quoted(Shown one) =>
        one.Kind is Ledger.ObjectKind.User or Ledger.ObjectKind.Badge || one.Title is not { Length: > 0 } ? null : one.Title;

    private static IEnumerable<string> Paragraphs(Shown one, Roles roles)
    {
        if (Quoted(one) is { } words)
            yield return $"“{words}”";
        yield return one.Type switch
        {
            NotificationType.PostLiked => For(
                roles,
                "Your post is earning engagement for your organisation. Its reach and its reactions are in your campaign's figures.",
                "Your post reaches your learners. A question at its end keeps them talking.",
                "What you wrote struck a chord."),
            NotificationType.PostCommented => For(
                roles,
                "Somebody speaks to your organisation. A quick answer keeps the conversation going, and everyone sees it.",
                "A learner has something to say. Your answer helps everyone who reads along.",
                "Somebody has something to say to you."),
            NotificationType.CommentLiked => For(
                roles,
                "What your organisation said was well received.",
                "Your explanation helped somebody.",
                "Your words were well received."),
            NotificationType.CommentReplied => For(
                roles,
                "The conversation with your organisation goes on.",
                "A learner answers you.",
                "The conversation goes on."),
            NotificationType.PostMentioned => For(
                roles,
                "Your organisation was named in a post. See what is said, and answer if it is for you.",
                "You were named in a post, perhaps as the one who knows.",
                "Somebody wrote a post and thought of you."),
            NotificationType.CommentMentioned => For(
                roles,
                "Your organisation was named in a comment. See what is said, and answer if it is for you.",
                "You were named in a comment, perhaps as the one who knows.",
                "Somebody thought of you in a comment."),
            NotificationType.GroupUpdate => For(
                roles,
                "There is something new in a group that your organisation is in.",
                "There is something new in your group; be the first to answer.",
                "There is something new in your group."),
            NotificationType.NewFollower => For(
                roles,
                "Your organisation has one more person to talk to.",
                "One more learner hears what you share.",
                "What you share reaches one more person."),
            NotificationType.BadgeEarned => "It is on your profile now, and it stays.",
            NotificationType.LikeReceived or NotificationType.RatingReceived or NotificationType.DownloadMilestone => "What you know is of use to others.",
            NotificationType.CommentReceived => "An answer from you keeps the others learning.",
            NotificationType.CommentReply => "Somebody answered what you wrote.",
            NotificationType.MentionReceived => "Somebody thought of you in a comment on a skill.",
            NotificationType.TaskVoted => "Others say what they think of the task that you proposed.",
            _ => "Have a look.",
        };
    }

    /// <summary>Who is several things gets the words of the first.</summary>
    private static string For(Roles roles, string corporate, string facilitator, string individual) =>
        (roles & Roles.Corporate) != Roles.None ? corporate : (roles & Roles.Facilitator) != Roles.None ? facilitator : individual;

    private static string Action(Shown one) => one.Type switch
    {
        NotificationType.PostLiked => "See your post",
        NotificationType.PostCommented or NotificationType.CommentReplied => "Read and answer",
        NotificationType.CommentLiked => "See your comment",
        NotificationType.PostMentioned or NotificationType.GroupUpdate => "Read the post",
        NotificationType.CommentMentioned => "Read the comment",
        NotificationType.LikeReceived or NotificationType.RatingReceived or NotificationType.DownloadMilestone => "See your skill",
        NotificationType.CommentReceived or NotificationType.CommentReply or NotificationType.MentionReceived => "Read and answer",
        NotificationType.TaskVoted => "See your task",
        NotificationType.BadgeEarned => "See your badges",
        NotificationType.NewFollower when one.People == 1 => "See who it is",
        _ => "Open your notifications",
    };

    public static Dictionary<string, string> ListId(HearthOptions options, string list) => new(StringComparer.Ordinal)
    {
        ["List-Id"] = $"<{list}.notifications.{new Uri(options.PublicUrl).Host}>",
    };
}
