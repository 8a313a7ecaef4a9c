using System.Text.Json.Serialization;
using Hearth.Platform;
using Hearth.SocketIO.Transport;

namespace Hearth.Realtime;

/// <summary>A finished frame for each answer that a socket gets.</summary>
internal static class Answers
{
    public static readonly byte[] Pong = Frame.Text("""{"type":"pong"}"""u8);

    public static byte[] Joined(Guid user, DateTime now) =>
        Of(new Reply<FeedJoined>("ventroom_joined", new FeedJoined("Successfully joined Ventroom", user), now));

    public static byte[] PostJoined(long post, DateTime now) =>
        Of(new Reply<PostJoined>("ventroom_post_joined", new PostJoined(post, "Successfully joined Ventroom post"), now));

    public static byte[] Renewed(Caller caller, DateTime now) =>
        Of(new Reply<Renewed>("authenticated", new Renewed(caller.Uuid, caller.ExpiresAt?.UtcDateTime), now));

    public static byte[] Error(string detail) => Of(new Refusal("error", new RefusalData(detail)));

    private static byte[] Of<T>(T answer) => Frame.Text(Json.Bytes(answer));
}

internal sealed record Reply<T>(string Type, T Data, DateTime Timestamp);

internal sealed record FeedJoined(string Message, Guid UserId);

internal sealed record PostJoined(long PostId, string Message);

internal sealed record Renewed(Guid UserId, DateTime? ExpiresAt);

internal sealed record Refusal(string Type, RefusalData Data);

internal sealed record RefusalData(string Detail);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Reply<FeedJoined>))]
[JsonSerializable(typeof(Reply<PostJoined>))]
[JsonSerializable(typeof(Reply<Renewed>))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RealtimeJson : JsonSerializerContext;
