namespace Hearth.Features.Engagement.Predictions;

/// <summary>
/// What both models look at: a person's engagements of the last eight weeks, week by week, the latest last. Counts enter as
/// logarithms: the difference between none and five matters more than that between fifty and fifty-five.
/// </summary>
internal static class Features
{
    public const int Weeks = 8;

    public static double[] Of(ReadOnlySpan<int> weeks)
    {
        var (two, four, eight, active, since) = (0, 0, 0, 0, Weeks);
        for (var ago = 0; ago < Weeks; ago++)
        {
            var count = weeks[Weeks - 1 - ago];
            eight += count;
            four += ago < 4 ? count : 0;
            two += ago < 2 ? count : 0;
            active += count > 0 ? 1 : 0;
            since = count > 0 ? Math.Min(since, ago) : since;
        }

        return
        [
            1, Math.Log(1 + weeks[Weeks - 1]), Math.Log(1 + (two / 2.0)), Math.Log(1 + (four / 4.0)), Math.Log(1 + (eight / 8.0)),
            active / (double)Weeks, since / (double)Weeks, since == 0 ? 1 : 0,
        ];
    }
}
