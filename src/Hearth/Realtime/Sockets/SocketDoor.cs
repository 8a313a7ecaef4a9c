using System.Text.Json;
using System.Text.Json.Serialization;
using Hearth.Platform;
using Hearth.SocketIO;
using Npgsql;

namespace Hearth.Realtime.Sockets;

/// <summary>A skill that the person may see, by its public id; null for one that is not there for them.</summary>
internal delegate ValueTask<long?> FindSkill(Caller caller, Guid id);

/// <summary>Whether a room was joined or left.</summary>
/// <param name="Error">Why not; left out when it was.</param>
internal sealed record RoomAnswer(bool Ok, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null);

/// <summary>The Socket.IO door at <c>/socket.io/</c>: who gets in, and into which rooms.</summary>
internal sealed partial class SocketDoor(
    SocketIOServer io, SocketPeople people, Authenticate authenticate, FindSkill findSkill, AccountWatch accounts, HearthOptions options, ILogger<SocketDoor> log)
{
    public const int MostRooms = 200;

    private const int SocketsPerPerson = 100;
    private const string Bearer = "Bearer ";

    public void Open()
    {
        io.Use(Admit);
        io.OnConnection(Enter);
        On("join_personal_room", (person, wanted) => Task.FromResult(JoinPersonal(person, wanted)));
        On("join_skill_room", JoinSkill);
        On("leave_skill_room", LeaveSkill);
    }

    private async Task Admit(Socket socket)
    {
        var caller = Token(socket) is { } token ? await authenticate(token) : null;
        // A live connection belongs to a person.
        if (caller is null || caller.ServiceToken is not null)
            throw new ConnectRefusedException("Unauthorized");
        if (options.RateLimitFactor > 0 && people.Count(caller.UserId) >= SocketsPerPerson * options.RateLimitFactor)
            throw new ConnectRefusedException("Too many open connections");
        SocketPeople.Name(socket, caller);
    }

    private async Task Enter(Socket socket)
    {
        var person = SocketPeople.Of(socket);
        socket.OnDisconnect(_ => people.Remove(person));
        people.Add(person);
        socket.Join(SocketRooms.Person(person.Caller.UserId));
        if (person.Caller.IsModerator)
            socket.Join(SocketRooms.Moderators);
        await accounts.CheckNew(new OpenDoor(person.Caller, person.Close));
    }

    /// <summary>Each event is acknowledged where the client asks for it, and does its work where it does not.</summary>
    private void On(string name, Func<SocketPerson, JsonElement, Task<RoomAnswer>> handle) => io.Main.On(name, async e =>
    {
        try
        {
            e.Ack(await handle(SocketPeople.Of(e.Socket), e.Get<JsonElement>(0)));
        }
        catch (SocketIOException)
        {
            e.Ack(new RoomAnswer(false, "Too many rooms are joined."));
        }
        catch (InvalidOperationException)
        {
            // A text in it is half of a surrogate pair.
            e.Ack(new RoomAnswer(false, "This is no id."));
        }
        catch (Exception busy) when (busy is NpgsqlException or TimeoutException)
        {
            Busy(log, busy, name);
            e.Ack(new RoomAnswer(false, "The server is busy. Please try again."));
        }
    });

    private static RoomAnswer JoinPersonal(SocketPerson person, JsonElement wanted)
    {
        if (Named(wanted, "user_id") is not { } text || !PersonId.TryParse(text, out var id))
            return new RoomAnswer(false, "user_id must be your own.");
        if (id.Uuid != person.Caller.Uuid && id.Number != person.Caller.UserId)
            return new RoomAnswer(false, "Only your own room can be joined.");
        person.Socket.Join(SocketRooms.Personal(person.Caller.UserId));
        return new RoomAnswer(true);
    }

    private async Task<RoomAnswer> JoinSkill(SocketPerson person, JsonElement wanted)
    {
        if (!Guid.TryParse(Named(wanted, "skill_id"), out var id) || await findSkill(person.Caller, id) is not { } skill)
            return new RoomAnswer(false, "Skill not found.");
        person.Socket.Join(SocketRooms.Skill(skill));
        person.Skills[skill] = id;
        return new RoomAnswer(true);
    }

    /// <summary>A room that was joined can be left, whether or not its skill is still shown.</summary>
    private async Task<RoomAnswer> LeaveSkill(SocketPerson person, JsonElement wanted)
    {
        if (!Guid.TryParse(Named(wanted, "skill_id"), out var id))
            return new RoomAnswer(false, "Skill not found.");
        foreach (var (skill, name) in person.Skills)
        {
            if (name != id)
                continue;
            person.Socket.Leave(SocketRooms.Skill(skill));
            person.Skills.TryRemove(skill, out _);
            return new RoomAnswer(true);
        }

        return await findSkill(person.Caller, id) is null ? new RoomAnswer(false, "Skill not found.") : new RoomAnswer(true);
    }

    /// <summary>The id in <c>{"name": id}</c>, or the id alone.</summary>
    private static string? Named(JsonElement wanted, string name)
    {
        if (wanted.ValueKind == JsonValueKind.Object && !wanted.TryGetProperty(name, out wanted))
            return null;
        return wanted.ValueKind switch
        {
            JsonValueKind.String => wanted.GetString(),
            JsonValueKind.Number => wanted.GetRawText(),
            _ => null,
        };
    }

    /// <summary>As the client's <c>auth</c> says, else its query, else its header.</summary>
    private static string? Token(Socket socket)
    {
        var token = Granted(socket) ?? (socket.Handshake.Query.TryGetValue("token", out var query) && query.Length > 0 ? query : socket.Handshake.Header("Authorization"));
        return token?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true ? token[Bearer.Length..].Trim() : token;
    }

    private static string? Granted(Socket socket)
    {
        try
        {
            using var auth = JsonDocument.Parse(socket.AuthJson);
            return auth.RootElement.ValueKind == JsonValueKind.Object
                && auth.RootElement.TryGetProperty("token", out var token)
                && token.ValueKind == JsonValueKind.String
                    ? token.GetString()
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database could not be asked for {Event}.")]
    private static partial void Busy(ILogger log, Exception e, string @event);
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(RoomAnswer))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(object))]
internal sealed partial class SocketsJson : JsonSerializerContext;
