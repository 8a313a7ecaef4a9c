namespace Hearth.Tests.Harness;

public sealed class HarnessTests(HearthApp app) : IClassFixture<HearthApp>
{
    [Fact]
    public async Task Two_nodes_serve_one_database()
    {
        var second = await app.StartNode();
        Assert.NotEqual(app.Node.Address, second.Address);
        (await app.Anyone.Get("/nowhere")).Is(404);
        (await app.Anyone.At(second).Get("/nowhere")).Is(404);
        await app.StopNode(second);
        (await app.Anyone.Get("/nowhere")).Is(404);
    }

    [Fact]
    public async Task A_class_has_a_database_of_its_own() =>
        Assert.Equal(0, await app.Db.Scalar<long>("select count(*) from users"));
}
