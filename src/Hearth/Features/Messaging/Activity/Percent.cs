namespace Hearth.Features.Messaging.Activity;

internal static class Percent
{
    /// <returns>A part of a whole in per cent, with one decimal; 0 of nothing.</returns>
    public static double Of(long part, long whole) =>
        whole == 0 ? 0 : (double)Math.Round(100m * part / whole, 1, MidpointRounding.AwayFromZero);
}
