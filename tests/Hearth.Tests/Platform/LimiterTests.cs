using System.Net;
using Hearth.Platform;
using Hearth.Tests.Realtime;

namespace Hearth.Tests.Platform;

public sealed class LimiterTests
{
    private readonly ManualTime clock = new();

    [Fact]
    public void The_hundred_and_first_read_of_a_minute_waits()
    {
        var limiter = Limiter();
        Spend(limiter, Reads(1), 100);
        var limited = Assert.Throws<Failure>(() => limiter.Take(Reads(1)));
        Assert.Equal(FailureKind.Limited, limited.Kind);
        Assert.Matches("^Request was throttled. Expected available in [0-9]+ seconds?.$", limited.Message);
        limiter.Take(Reads(2));
    }

    [Fact]
    public void After_the_time_that_it_names_there_is_room()
    {
        var limiter = Limiter();
        clock.Advance(TimeSpan.FromSeconds(17));
        for (var round = 0; round < 200; round++)
        {
            try
            {
                limiter.Take(Reads(1));
            }
            catch (Failure limited)
            {
                clock.Advance(limited.RetryAfter!.Value + TimeSpan.FromMilliseconds(1));
                limiter.Take(Reads(1));
            }
        }
    }

    [Fact]
    public void No_minute_anywhere_sees_twice_the_number()
    {
        var limiter = Limiter();
        var taken = new List<int>();
        for (var second = 0; second < 300; second++)
        {
            var now = 0;
            for (var tries = 0; tries < 20; tries++)
            {
                try
                {
                    limiter.Take(Reads(1));
                    now++;
                }
                catch (Failure)
                {
                    break;
                }
            }

            taken.Add(now);
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        for (var from = 0; from + 60 <= taken.Count; from++)
            Assert.InRange(taken.Skip(from).Take(60).Sum(), 0, 150);
        Assert.InRange(taken.Sum(), 350, 600);
    }

    [Fact]
    public void A_factor_makes_all_of_them_larger_and_off_leaves_none()
    {
        Spend(Limiter(factor: 3), Reads(1), 300);
        Spend(Limiter(factor: 0), Reads(1), 10_000);
    }

    [Fact]
    public void An_IPv6_network_is_one_address_and_a_mapped_one_is_its_IPv4()
    {
        Assert.Equal(Address("2001:db8:1:2::1"), Address("2001:db8:1:2:ffff::9"));
        Assert.NotEqual(Address("2001:db8:1:2::1"), Address("2001:db8:1:3::1"));
        Assert.Equal(Address("::ffff:192.0.2.1"), Address("192.0.2.1"));
        Assert.NotEqual(Address("192.0.2.1"), Address("192.0.2.2"));
    }

    private static Spender Reads(long user) => Spender.User(RateLimit.Reads, user);

    private static Spender Address(string text) => Spender.Address(RateLimit.Reads, IPAddress.Parse(text));

    private static void Spend(Limiter limiter, Spender spender, int times)
    {
        for (var i = 0; i < times; i++)
            limiter.Take(spender);
    }

    private Limiter Limiter(double factor = 1) => new(new HearthOptions { RateLimitFactor = factor }, clock);
}
