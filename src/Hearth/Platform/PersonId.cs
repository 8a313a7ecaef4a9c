using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Hearth.Platform;

/// <summary>A person as a path, a query or a body names them: by UUID or by integer, as a text or a number.</summary>
[JsonConverter(typeof(PersonIdConverter))]
internal readonly record struct PersonId(Guid? Uuid, long? Number)
{
    private const string FindSql =
        """
        -- people.find
        select id from users where uuid = $1 or id = $2
        """;

    public static bool TryParse(string? text, out PersonId person)
    {
        if (Guid.TryParse(text, out var uuid))
            person = new PersonId(uuid, null);
        else if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            person = new PersonId(null, number);
        else
            person = default;
        return person != default;
    }

    /// <returns>The integer id; fails with 404 where there is no such person.</returns>
    public static Task<long> Find(NpgsqlConnection db, string text, CancellationToken ct) =>
        TryParse(text, out var person) ? person.Find(db, ct) : throw Failure.NotFound();

    /// <inheritdoc cref="Find(NpgsqlConnection, string, CancellationToken)"/>
    public async Task<long> Find(NpgsqlConnection db, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindSql, db)
        {
            Parameters =
            {
                new NpgsqlParameter<Guid?> { TypedValue = Uuid, DataTypeName = "uuid" },
                new NpgsqlParameter<long?> { TypedValue = Number, DataTypeName = "bigint" },
            },
        };
        return await command.ExecuteScalarAsync(ct) is long id ? id : throw Failure.NotFound();
    }
}

internal sealed class PersonIdConverter : JsonConverter<PersonId>
{
    public override PersonId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var number) => new PersonId(null, number),
        JsonTokenType.String when PersonId.TryParse(reader.GetString(), out var person) => person,
        _ => throw new JsonException(),
    };

    public override void Write(Utf8JsonWriter writer, PersonId value, JsonSerializerOptions options)
    {
        if (value.Uuid is { } uuid)
            writer.WriteStringValue(uuid);
        else
            writer.WriteNumberValue(value.Number ?? 0);
    }
}
