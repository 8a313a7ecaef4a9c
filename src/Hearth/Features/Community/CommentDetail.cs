using System.Globalization;
using Hearth.Ledger;

namespace Hearth.Features.Community;

/// <summary>What the rows about a comment say besides: <c>{"post": id, "parent": id, "post_author": id}</c>, the last two for replies.</summary>
internal static class CommentDetail
{
    public static string Of(long post) => string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post}}}""");

    public static string OfReply(long post, long parent, long postAuthor) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"post":{{post}},"parent":{{parent}},"post_author":{{postAuthor}}}""");

    /// <returns>The post that a row is about, whether it names the post itself or one of its comments.</returns>
    public static long? Post(LedgerRow row) => row.Kind == ObjectKind.Post ? row.ObjectId : row.Number("post");

    public static long? PostAuthor(LedgerRow row) => row.Number("post_author");
}
