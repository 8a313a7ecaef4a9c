using Hearth.Platform;

namespace Hearth.Features.Skills;

/// <summary>What every statement about skills shares: who may see one.</summary>
internal static class Sight
{
    /// <summary>
    /// Whether the person <paramref name="user"/> may see the skill <c>s</c>: it is theirs, or it is shown to them, not hidden, and neither
    /// blocks the other. Moderators see what is hidden, blocked or for followers; nobody sees another's private skill.
    /// </summary>
    public static string Visible(string user = "$1", string moderator = "$2") =>
        $"""
        (s.author = {user} or s.visibility <> 3 and ({moderator} or
           not s.is_hidden
           and (s.visibility = 1 or exists (select from follows f where f.follower = {user} and f.followed = s.author))
           and not {Blocks.Part(user, "s.author")}))
        """;

    /// <summary>As <see cref="Visible"/>, blocks aside.</summary>
    public static string Shown(string user = "$1", string moderator = "$2") =>
        $"""
        (s.author = {user} or s.visibility <> 3 and ({moderator} or
           not s.is_hidden and (s.visibility = 1 or exists (select from follows f where f.follower = {user} and f.followed = s.author))))
        """;
}
