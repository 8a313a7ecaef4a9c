namespace Hearth.Platform;

/// <summary>Roles as the wire says them.</summary>
internal static class RoleNames
{
    public static readonly IReadOnlyList<(string Name, Roles Role)> All =
    [
        ("individual", Roles.Individual),
        ("facilitator", Roles.Facilitator),
        ("corporate", Roles.Corporate),
        ("moderator", Roles.Moderator),
        ("admin", Roles.Admin),
    ];

    public static string[] Of(Roles roles) => [.. All.Where(one => (roles & one.Role) != Roles.None).Select(one => one.Name)];

    /// <returns>The roles of these names and <c>individual</c>, which everyone has; fails on a name that is none.</returns>
    public static Roles Parse(IEnumerable<string> names, string field)
    {
        var roles = Roles.Individual;
        foreach (var name in names)
        {
            var known = All.FirstOrDefault(one => string.Equals(one.Name, name, StringComparison.Ordinal));
            roles |= known.Name is not null ? known.Role : throw Failure.Invalid(field, $"\"{name}\" is not a valid choice.");
        }

        return roles;
    }
}
