using System.Globalization;
using Hearth.Features.Notifications.Reading;
using Hearth.Ledger;
using Hearth.Platform;

namespace Hearth.Features.Notifications;

/// <summary>The pages of the console that mails and pushes lead to.</summary>
internal static class Addresses
{
    public static string Of(Shown one, HearthOptions options) => one switch
    {
        { Kind: ObjectKind.Comment, Post: { } post } => Page(options, string.Create(CultureInfo.InvariantCulture, $"posts/{post}#comment-{one.ObjectId}")),
        { Post: { } post } => Page(options, string.Create(CultureInfo.InvariantCulture, $"posts/{post}")),
        { Skill: { } skill } => Skill(skill, options),
        { Type: NotificationType.BadgeEarned } => Page(options, "profile"),
        { Type: NotificationType.NewFollower, People: 1, By: { } follower } => Page(options, $"people/{follower.Uuid}"),
        _ => Notifications(options),
    };

    public static string Notifications(HearthOptions options) => Page(options, "notifications");

    public static string Preferences(HearthOptions options) => Page(options, "notifications/preferences");

    public static string Skill(Guid id, HearthOptions options) => Page(options, $"discover/{id}");

    private static string Page(HearthOptions options, string path) => $"{options.FrontendUrl}/{path}";
}
