using System.Text.Json;
using Hearth.Tests.Harness;
using static Hearth.Tests.Features.Notifications.NotificationsApp;

namespace Hearth.Tests.Features.Notifications;

public sealed class LiveNotificationTests(NotificationsApp app) : IClassFixture<NotificationsApp>
{
    [Fact]
    public async Task Every_tab_on_every_node_hears_what_is_new_changed_read_and_gone()
    {
        var other = await app.StartNode();
        var (john, jane, dana) = (await app.SignUp("john"), await app.SignUp("jane"), await app.SignUp("dana"));
        LiveSocket[] tabs = [await app.Socket(john), await app.Socket(john.At(other))];
        var post = app.NewObject();

        await app.Write(LikePost(jane, post, john));
        var ids = new List<long>();
        foreach (var tab in tabs)
        {
            var data = (await tab.Next("notification")).GetProperty("data");
            Assert.Equal($"{jane.Name} liked your post", data.GetProperty("message").GetString());
            Assert.Equal("post_liked", data.GetProperty("notification_type").GetString());
            Assert.Equal(1, data.GetProperty("unread_count").GetInt64());
            ids.Add(data.GetProperty("id").GetInt64());
        }

        await app.Write(LikePost(dana, post, john));
        await Each(tabs, "notification", data =>
        {
            Assert.Equal($"{dana.Name} and 1 other liked your post", data.GetProperty("message").GetString());
            Assert.Equal(ids[0], data.GetProperty("id").GetInt64());
            Assert.Equal(1, data.GetProperty("unread_count").GetInt64());
        });

        (await john.Post("/api/v1/notifications/read-all")).Is(200);
        await Each(tabs, "notifications_read", data => Assert.Equal(0, data.GetProperty("unread_count").GetInt64()));

        await app.Write(UnlikePost(jane, post, john));
        await app.Write(UnlikePost(dana, post, john));
        await Each(tabs, "notification_removed", data => Assert.Equal(ids[0], data.GetProperty("id").GetInt64()));
    }

    private static async Task Each(LiveSocket[] tabs, string type, Action<JsonElement> check)
    {
        foreach (var tab in tabs)
            check((await tab.Next(type)).GetProperty("data"));
    }
}
