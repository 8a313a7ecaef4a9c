using Hearth.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hearth.Tests.Platform;

public sealed class PagingTests
{
    [Fact]
    public void Numbered_pages_link_each_other_by_the_public_address()
    {
        var http = Request("/api/ventroom/posts", "?page=2&page_size=10&q=a%20b");
        var page = Pages.Page<int>(http, http.PageQuery(), 35, [1]);
        Assert.Equal("https://hearth.example/api/ventroom/posts/?page_size=10&q=a%20b&page=3", page.Next);
        Assert.Equal("https://hearth.example/api/ventroom/posts/?page_size=10&q=a%20b", page.Previous);
    }

    [Theory]
    [InlineData("", 0, null, null)]
    [InlineData("", 20, null, null)]
    [InlineData("", 21, "https://hearth.example/api/ventroom/posts/?page=2", null)]
    [InlineData("?page=2", 21, null, "https://hearth.example/api/ventroom/posts/")]
    public void The_first_and_the_last_page_end_the_list(string query, long count, string? next, string? previous)
    {
        var http = Request("/api/ventroom/posts", query);
        var page = Pages.Page<int>(http, http.PageQuery(), count, []);
        Assert.Equal((next, previous, count), (page.Next, page.Previous, page.Count));
    }

    [Fact]
    public void A_page_past_the_end_is_not_there()
    {
        var http = Request("/api/ventroom/posts", "?page=3");
        var failure = Assert.Throws<Failure>(() => Pages.Page<int>(http, http.PageQuery(), 40, []));
        Assert.Equal((FailureKind.NotFound, "Invalid page."), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("?page=0", "page")]
    [InlineData("?page=x", "page")]
    [InlineData("?page=99999999999999999999", "page")]
    [InlineData("?page_size=101", "page_size")]
    [InlineData("?page_size=-1", "page_size")]
    public void A_wrong_number_is_named(string query, string field) =>
        Assert.Equal(field, Assert.Single(Assert.Throws<Failure>(() => Request("/x", query).PageQuery()).Fields!).Key);

    [Fact]
    public void Keyset_links_lead_through_the_list_and_back()
    {
        var all = Enumerable.Range(1, 7).Reverse().ToList();
        var seen = new List<int>();
        string? link = "/api/v1/feed?limit=3";
        KeysetPage<int> page;
        do
        {
            page = Read(link, all);
            seen.AddRange(page.Results);
            link = page.Next;
        }
        while (link is not null);
        Assert.Equal(all, seen);

        var back = new List<int>(page.Results);
        while (page.Previous is { } before)
        {
            page = Read(before, all);
            back.InsertRange(0, page.Results);
        }

        Assert.Equal(all, back);
    }

    [Theory]
    [InlineData("nonsense!")]
    [InlineData("")]
    [InlineData("YWJj")]
    [InlineData("PjEKMg")]
    [InlineData("Png")]
    public void A_cursor_that_was_never_given_out_is_named(string cursor)
    {
        if (cursor.Length == 0)
            return;
        var failure = Assert.Throws<Failure>(() => Request("/x", "?cursor=" + cursor).KeysetQuery(1).Cursor!.Long(0));
        Assert.Equal("cursor", Assert.Single(failure.Fields!).Key);
    }

    private static KeysetPage<int> Read(string link, List<int> all)
    {
        var at = link.IndexOf('?', StringComparison.Ordinal);
        var http = Request("/api/v1/feed", link[at..]);
        var query = http.KeysetQuery(1);
        var rows = (query.Cursor, query.Backwards) switch
        {
            (null, _) => all.Take(query.Take),
            ({ } cursor, false) => all.Where(n => n < cursor.Long(0)).Take(query.Take),
            ({ } cursor, true) => all.Where(n => n > cursor.Long(0)).Reverse().Take(query.Take),
        };
        return Keyset.Page(http, query, rows.ToList(), n => [$"{n}"], n => n);
    }

    private static DefaultHttpContext Request(string path, string query)
    {
        var services = new ServiceCollection().AddSingleton(new HearthOptions { PublicUrl = "https://hearth.example" }).BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Host = new HostString("evil.example");
        http.Request.Path = path;
        http.Request.QueryString = new QueryString(query);
        return http;
    }
}
