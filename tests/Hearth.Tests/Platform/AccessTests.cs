using Hearth.Platform;

namespace Hearth.Tests.Platform;

public sealed class AccessTests
{
    private static readonly Caller Watcher = new(0, Guid.Empty, Roles.None, null, 0) { ServiceToken = 7, Scopes = [Scopes.Metrics] };

    [Fact]
    public void A_route_that_states_nothing_is_refused()
    {
        Assert.Equal(FailureKind.Unauthenticated, Refused(null, null));
        Assert.Equal(FailureKind.Forbidden, Refused(null, Person(Roles.Admin)));
    }

    [Fact]
    public void Anyone_is_anyone()
    {
        var anyone = new Access(Anyone: true, Roles.None, null);
        Assert.Null(Refused(anyone, null));
        Assert.Null(Refused(anyone, Watcher));
    }

    [Theory]
    [InlineData(Roles.None, Roles.Individual, null)]
    [InlineData(Roles.Moderator, Roles.Individual, FailureKind.Forbidden)]
    [InlineData(Roles.Moderator, Roles.Moderator, null)]
    [InlineData(Roles.Moderator, Roles.Admin, null)]
    [InlineData(Roles.Admin, Roles.Moderator, FailureKind.Forbidden)]
    [InlineData(Roles.Facilitator, Roles.Admin, FailureKind.Forbidden)]
    [InlineData(Roles.Corporate | Roles.Admin, Roles.Corporate, null)]
    internal void A_role_admits_those_who_have_it_and_an_administrator_where_a_moderator(Roles wanted, Roles had, FailureKind? refused) =>
        Assert.Equal(refused, Refused(new Access(false, wanted, null), Person(had)));

    [Fact]
    public void A_service_token_goes_where_its_scope_is_asked_for_and_nowhere_else()
    {
        Assert.Equal(FailureKind.Forbidden, Refused(new Access(false, Roles.None, null), Watcher));
        Assert.Equal(FailureKind.Forbidden, Refused(new Access(false, Roles.Admin, Scopes.Contents), Watcher));
        Assert.Null(Refused(new Access(false, Roles.Admin, Scopes.Metrics), Watcher));
        Assert.Equal(FailureKind.Forbidden, Refused(new Access(false, Roles.None, Scopes.Metrics, People: false), Person(Roles.Admin)));
        Assert.Equal(FailureKind.Unauthenticated, Refused(new Access(false, Roles.None, Scopes.Metrics), null));
    }

    private static Caller Person(Roles roles) => new(12, Guid.NewGuid(), roles | Roles.Individual, null, 1);

    private static FailureKind? Refused(Access? access, Caller? caller)
    {
        try
        {
            Access.Check(access, caller);
            return null;
        }
        catch (Failure refused)
        {
            return refused.Kind;
        }
    }
}
