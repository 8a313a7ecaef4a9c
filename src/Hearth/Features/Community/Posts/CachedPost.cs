using System.Buffers;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>What one reader has to do with a post.</summary>
internal readonly record struct Mark(bool Viewed, byte Reaction);

/// <summary>
/// A post with its JSON made ready: everything is shared by all readers but two values, so an answer is put together from
/// pieces and serialises nothing.
/// </summary>
internal sealed class CachedPost
{
    private static readonly byte[][] Reactions =
        [.. Enumerable.Range(0, 5).Select(kind => ReactionKinds.Text(kind) is { } text ? Json.Bytes(text) : "null"u8.ToArray())];

    private readonly byte[] head;
    private readonly byte[] middle;

    public CachedPost(PostView view, long author, bool hidden)
    {
        Id = view.Id;
        Author = author;
        IsHidden = hidden;
        Group = view.Group;
        Course = view.Course;
        // In text a quote is escaped, so these names are found only where they are names.
        var json = Json.Bytes(view with { HasViewed = false, UserReaction = null });
        var viewed = json.AsSpan().LastIndexOf("\"has_viewed\":false"u8) + "\"has_viewed\":"u8.Length;
        head = json[..viewed];
        middle = json[(viewed + "false"u8.Length)..^"null}"u8.Length];
    }

    /// <summary>About what it takes in memory.</summary>
    public int Size => 128 + head.Length + middle.Length;

    public long Id { get; }

    public long Author { get; }

    public bool IsHidden { get; }

    public int? Group { get; }

    public int? Course { get; }

    /// <summary>What is hidden is hidden for everyone but its author and moderators.</summary>
    public bool IsVisibleTo(Caller caller) => !IsHidden || caller.UserId == Author || caller.IsModerator;

    public int Length(Mark mark) =>
        head.Length + Viewed(mark).Length + middle.Length + Reactions[mark.Reaction].Length + 1;

    public void Write(IBufferWriter<byte> to, Mark mark)
    {
        to.Write(head);
        to.Write(Viewed(mark));
        to.Write(middle);
        to.Write(Reactions[mark.Reaction]);
        to.Write("}"u8);
    }

    public byte[] Bytes(Mark mark = default)
    {
        var to = new ArrayBufferWriter<byte>(Length(mark));
        Write(to, mark);
        return to.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Viewed(Mark mark) => mark.Viewed ? "true"u8 : "false"u8;
}
