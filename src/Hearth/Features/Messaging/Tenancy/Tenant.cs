namespace Hearth.Features.Messaging.Tenancy;

/// <summary>Whose contacts, conversations and campaigns a request is about.</summary>
/// <param name="Number">What the tables' keys begin with.</param>
/// <param name="Id">What the wire shows.</param>
internal sealed record Tenant(int Number, Guid Id, string Name, TimeZoneInfo Zone)
{
    /// <summary>The tenant's own day.</summary>
    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(utc, Zone));

    /// <summary>The beginning of the tenant's clock hour; some zones are half an hour off.</summary>
    public DateTime Hour(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);
        return utc.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour));
    }
}
