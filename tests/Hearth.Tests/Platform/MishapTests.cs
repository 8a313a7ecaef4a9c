using System.Net.Sockets;
using Hearth.Platform;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Hearth.Tests.Platform;

public sealed class MishapTests
{
    [Theory]
    [InlineData("40001", 503)]
    [InlineData("40P01", 503)]
    [InlineData("55P03", 503)]
    [InlineData("57014", 503)]
    [InlineData("57P01", 503)]
    [InlineData("53300", 503)]
    [InlineData("23505", 409)]
    [InlineData("23503", 404)]
    [InlineData("22021", 400)]
    [InlineData("22003", 400)]
    [InlineData("42P01", 500)]
    [InlineData("23514", 500)]
    public void What_the_database_says_means_something_for_the_caller(string state, int status) =>
        Assert.Equal(status, Status(new PostgresException("secret text", "ERROR", "ERROR", state)));

    [Fact]
    public void A_database_that_does_not_answer_is_busy()
    {
        var failure = Mishaps.AsFailure(new NpgsqlException("secret text", new SocketException()), new DefaultHttpContext());
        Assert.Equal(FailureKind.Unavailable, failure!.Kind);
        Assert.NotNull(failure.RetryAfter);
        Assert.DoesNotContain("secret", failure.Message);
        Assert.Equal(503, Status(new TimeoutException("secret text")));
    }

    [Theory]
    [InlineData(413, 413)]
    [InlineData(415, 415)]
    [InlineData(400, 400)]
    [InlineData(408, 400)]
    public void A_request_that_is_none_is_the_clients_fault(int given, int status) => Assert.Equal(status, Status(new BadHttpRequestException("secret", given)));

    [Fact]
    public void A_parameter_that_does_not_bind_is_named_and_a_place_that_does_not_is_not_there()
    {
        var http = new DefaultHttpContext();
        var wrong = new BadHttpRequestException("Failed to bind parameter \"Nullable<int> days\" from \"x\".");
        Assert.Equal("days", Assert.Single(Mishaps.AsFailure(wrong, http)!.Fields!).Key);
        http.Request.RouteValues["days"] = "x";
        Assert.Equal(FailureKind.NotFound, Mishaps.AsFailure(wrong, http)!.Kind);
    }

    [Fact]
    public void Our_own_faults_are_told_apart_by_category()
    {
        Assert.Equal("database", Mishaps.Category(new PostgresException("x", "ERROR", "ERROR", "42P01")));
        Assert.Equal("storage", Mishaps.Category(new IOException()));
        Assert.Equal("internal", Mishaps.Category(new InvalidOperationException()));
    }

    private static int Status(Exception mishap) =>
        Mishaps.AsFailure(mishap, new DefaultHttpContext()) is { } failure ? FailureWriter.StatusOf(failure.Kind) : 500;
}
