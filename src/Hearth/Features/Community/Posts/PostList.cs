using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>The newest ids of a list, and how long the list is.</summary>
internal sealed record PostList(long Count, long[] Newest)
{
    public bool Has(PageQuery page) =>
        Newest.Length < PostListSql.Window || page.Offset + page.Size <= Newest.Length;

    public long[] Slice(PageQuery page)
    {
        var from = Math.Min(page.Offset, Newest.Length);
        return Newest[from..Math.Min(from + page.Size, Newest.Length)];
    }
}
