namespace Hearth.Features.Community;

/// <summary>The body of a new or changed post, as JSON or as a form.</summary>
internal sealed class PostWriting : Writing
{
    private const int LongestTitle = 150;
    private const int LongestContent = 10_000;

    private string? title;
    private string? content;

    /// <summary>At most 150 characters.</summary>
    public string? Title
    {
        get => title;
        set
        {
            title = value;
            HasTitle = true;
        }
    }

    /// <summary>At most 10,000 characters; required for a new post.</summary>
    public string? Content
    {
        get => content;
        set
        {
            content = value;
            HasContent = true;
        }
    }

    public int? Group { get; set; }

    public int? Course { get; set; }

    public int? Campaign { get; set; }

    internal bool HasTitle { get; private set; }

    internal bool HasContent { get; private set; }

    public static Task<PostWriting> Read(HttpContext http, MediaFolder folder) =>
        Read<PostWriting>(http, folder, static (post, form) =>
        {
            if (form.Has("title"))
                post.Title = form.Text("title");
            if (form.Has("content"))
                post.Content = form.Text("content");
            post.Group = form.Id("group");
            post.Course = form.Id("course");
            post.Campaign = form.Id("campaign");
        });

    /// <summary>Fails with what is wrong; a blank title is none.</summary>
    /// <param name="whole">A new post, or a PUT: the content must be there.</param>
    public void Check(bool whole)
    {
        Limit("title", Title, LongestTitle);
        if (string.IsNullOrWhiteSpace(title))
            title = null;
        if (whole || HasContent)
            Require("content", Content, HasContent, LongestContent);
    }
}
