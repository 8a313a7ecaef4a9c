using Hearth.Platform;

namespace Hearth.Features.Operations.Demo;

/// <summary>Somebody of the demonstration; <c>Number</c> is their face's.</summary>
internal sealed record DemoPerson(int Number, string Username, string Name, string Bio, Roles Roles);

/// <summary>Who lives in the demonstration, and how to sign in as them.</summary>
internal static class DemoPeople
{
    /// <summary>Everybody's. The demonstration listens on loopback only, and its accounts are shut when it is switched off.</summary>
    public const string Password = "hearth-demo";

    private static readonly (string Username, string Name, string Bio, Roles Roles)[] Names =
    [
        ("amina", "Amina Wanjiru", "Keeps this place. Ask me anything.", Roles.Admin),
        ("juma", "Juma Otieno", "Sharpens knives, asks questions.", Roles.Moderator),
        ("lena", "Lena Hoffmann", "Sourdough, mostly. Teaches people to wait.", Roles.Facilitator),
        ("grace", "Grace Adeyemi", "Library and café on the corner.", Roles.Corporate),
        ("priya", "Priya Nair", "Photographs what everybody walks past.", Roles.Facilitator),
        ("neema", "Neema Mushi", "Rye, rain, radio.", Roles.None),
        ("tomas", "Tomás Rivera", "Three balls. Soon four.", Roles.None),
        ("yuki", "Yuki Tanaka", "Balcony, north side, stubborn.", Roles.None),
        ("omar", "Omar Haddad", "If it hums, I open it.", Roles.None),
        ("ingrid", "Ingrid Solberg", "Cold water, long hills.", Roles.None),
        ("kofi", "Kofi Mensah", "Ropes, tides, herons.", Roles.None),
        ("mei", "Mei Lin", "Steamed buns and garlic chives.", Roles.None),
        ("lucia", "Lucía Fernández", "Forty bars and counting.", Roles.None),
        ("arjun", "Arjun Rao", "Tuesdays at six.", Roles.None),
        ("fatou", "Fatou Diallo", "Seeds with question marks.", Roles.None),
        ("piotr", "Piotr Zieliński", "Chess, pierogi, the lamp in the oven.", Roles.None),
        ("anna", "Anna Kowalska", "Rings at strangers' doors, politely.", Roles.None),
        ("sam", "Sam O'Connor", "Repair café, Saturdays from ten.", Roles.None),
        ("noah", "Noah Berg", "Not a morning person. In progress.", Roles.None),
        ("zara", "Zara Khan", "Shelves, and a daughter who wins at chess.", Roles.None),
        ("mateo", "Mateo Silva", "Bass. Waits for the tram.", Roles.None),
        ("hana", "Hana Kim", "Does not sing.", Roles.None),
        ("elif", "Elif Demir", "Four pots, three bubbles.", Roles.None),
        ("ravi", "Ravi Patel", "Flat breads, some of them on purpose.", Roles.None),
        ("chloe", "Chloé Martin", "Ran five kilometres once. Then again.", Roles.None),
    ];

    public static IReadOnlyList<DemoPerson> All { get; } =
        [.. Names.Select((person, i) => new DemoPerson(i + 1, person.Username, person.Name, person.Bio, person.Roles | Roles.Individual))];

    /// <summary>Those whom one signs in as first: one of each role, and a member.</summary>
    public static IEnumerable<DemoSignIn> First => All.Take(6).Select(person => new DemoSignIn(person.Username, Role(person.Roles)));

    public static IEnumerable<string> SignIns()
    {
        yield return $"This is a demonstration. Sign in as anybody, with the password {Password}:";
        foreach (var person in First)
            yield return $"  {person.Username,-8} {person.Role}";
    }

    private static string Role(Roles roles) => (roles & ~Roles.Individual) switch
    {
        Roles.Admin => "administrator",
        Roles.Moderator => "moderator",
        Roles.Facilitator => "facilitator",
        Roles.Corporate => "corporate user",
        _ => "member",
    };
}
