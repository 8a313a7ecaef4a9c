using System.Globalization;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Operations.Import;

/// <summary>Which names and addresses are taken: two people cannot share one.</summary>
internal sealed class ImportNames
{
    private const string LoadSql = "select username_key, email_key from users";

    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> addresses = new(StringComparer.Ordinal);

    /// <summary>The form in which names and addresses are compared.</summary>
    public static string Key(string text) => Usernames.Key(text);

    public static async Task<ImportNames> Load(NpgsqlConnection db, CancellationToken ct)
    {
        var taken = new ImportNames();
        await using var command = new NpgsqlCommand(LoadSql, db);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            taken.names.Add(reader.GetString(0));
            if (!reader.IsDBNull(1))
                taken.addresses.Add(reader.GetString(1));
        }

        return taken;
    }

    /// <returns>The name, or it with a number behind where another person has it; taken from now on.</returns>
    public string Take(string name)
    {
        var free = name;
        for (var n = 2; !names.Add(Key(free)); n++)
            free = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
        return free;
    }

    /// <returns>Whether nobody had the address; taken from now on.</returns>
    public bool TryTakeAddress(string address) => addresses.Add(Key(address));
}
