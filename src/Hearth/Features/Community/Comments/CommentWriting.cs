namespace Hearth.Features.Community;

/// <summary>The body of a new or changed comment, as JSON or as a form.</summary>
internal sealed class CommentWriting : Writing
{
    private const int Longest = 10_000;

    private string? text;

    /// <summary>At most 10,000 characters; required for a new comment.</summary>
    public string? Text
    {
        get => text;
        set
        {
            text = value;
            HasText = true;
        }
    }

    /// <summary>The comment of the same post that this one answers.</summary>
    public long? Parent { get; set; }

    internal bool HasText { get; private set; }

    public static Task<CommentWriting> Read(HttpContext http, MediaFolder folder) =>
        Read<CommentWriting>(http, folder, static (comment, form) =>
        {
            if (form.Has("text"))
                comment.Text = form.Text("text");
            comment.Parent = form.Number("parent");
        });

    /// <param name="whole">A new comment, or a PUT: the text must be there.</param>
    public void Check(bool whole)
    {
        if (whole || HasText)
            Require("text", Text, HasText, Longest);
    }
}
