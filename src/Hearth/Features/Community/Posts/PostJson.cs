using System.Buffers;
using System.Globalization;
using System.Text;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>A page of posts as an answer: the envelope around finished pieces.</summary>
internal sealed class PostPageResult(PostPage page, string? next, string? previous) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var envelope = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $$"""{"count":{{page.Count}},"next":{{Text(next)}},"previous":{{Text(previous)}},"results":["""));
        var length = envelope.Length + Math.Max(0, page.Posts.Count - 1) + "]}"u8.Length;
        for (var i = 0; i < page.Posts.Count; i++)
            length += page.Posts[i].Length(page.Marks[i]);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = length;
        Write(response.BodyWriter, envelope);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }

    private void Write(IBufferWriter<byte> to, byte[] envelope)
    {
        to.Write(envelope);
        for (var i = 0; i < page.Posts.Count; i++)
        {
            if (i > 0)
                to.Write(","u8);
            page.Posts[i].Write(to, page.Marks[i]);
        }

        to.Write("]}"u8);
    }

    private static string Text(string? link) => link is null ? "null" : Encoding.UTF8.GetString(Json.Bytes(link));
}
