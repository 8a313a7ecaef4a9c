namespace Hearth.SocketIO.Parser;

/// <summary>A Socket.IO packet's type.</summary>
internal enum PacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

/// <summary>A packet's text, taken apart: <c>type [count "-"] [namespace ","] [ack id] [json]</c>.</summary>
internal readonly ref struct PacketHeader
{
    /// <summary>JavaScript's largest safe integer.</summary>
    private const long LargestId = (1L << 53) - 1;
    private const int LongestNamespace = 1024;

    private PacketHeader(PacketType type, int attachments, ReadOnlySpan<byte> ns, long id, ReadOnlySpan<byte> json)
    {
        Type = type;
        Attachments = attachments;
        Namespace = ns;
        Id = id;
        Json = json;
    }

    public PacketType Type { get; }

    /// <summary>How many binary messages follow.</summary>
    public int Attachments { get; }

    /// <summary>The namespace's name, which begins with a slash.</summary>
    public ReadOnlySpan<byte> Namespace { get; }

    /// <summary>The acknowledgement's number; -1 for none.</summary>
    public long Id { get; }

    /// <summary>What follows, unread; empty for nothing.</summary>
    public ReadOnlySpan<byte> Json { get; }

    /// <exception cref="PacketFormatException">It is no packet that a client may send.</exception>
    public static PacketHeader Parse(ReadOnlySpan<byte> text, int maxAttachments)
    {
        if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'6')
            throw new PacketFormatException("Unknown packet type.");
        var type = (PacketType)(text[0] - '0');
        text = text[1..];
        var attachments = type is PacketType.BinaryEvent or PacketType.BinaryAck ? ReadCount(ref text, maxAttachments) : 0;
        var ns = ReadNamespace(ref text);
        var id = ReadId(ref text);
        Check(type, id, text.IsEmpty);
        return new PacketHeader(type, attachments, ns, id, text);
    }

    private static void Check(PacketType type, long id, bool isEmpty)
    {
        switch (type)
        {
            case PacketType.ConnectError:
                throw new PacketFormatException("Only the server refuses.");
            case PacketType.Disconnect when !isEmpty:
                throw new PacketFormatException("Leaving takes no payload.");
            case PacketType.Ack or PacketType.BinaryAck when id < 0:
                throw new PacketFormatException("An acknowledgement without a number.");
            case PacketType.Event or PacketType.BinaryEvent or PacketType.Ack or PacketType.BinaryAck when isEmpty:
                throw new PacketFormatException("No payload.");
        }
    }

    private static int ReadCount(scoped ref ReadOnlySpan<byte> text, int most)
    {
        var dash = text.IndexOf((byte)'-');
        // Nine digits fit into an int.
        if (dash is < 1 or > 9)
            throw new PacketFormatException("No number of attachments.");
        var count = 0;
        foreach (var digit in text[..dash])
            count = char.IsAsciiDigit((char)digit) ? (count * 10) + digit - '0' : throw new PacketFormatException("No number of attachments.");
        if (count < 1 || count > most)
            throw new PacketFormatException("Too many attachments, or none.");
        text = text[(dash + 1)..];
        return count;
    }

    private static ReadOnlySpan<byte> ReadNamespace(scoped ref ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] != (byte)'/')
            return "/"u8;
        var comma = text.IndexOf((byte)',');
        var ns = comma < 0 ? text : text[..comma];
        if (ns.Length > LongestNamespace)
            throw new PacketFormatException("The namespace's name is too long.");
        text = comma < 0 ? [] : text[(comma + 1)..];
        return ns;
    }

    private static long ReadId(scoped ref ReadOnlySpan<byte> text)
    {
        var id = -1L;
        while (!text.IsEmpty && char.IsAsciiDigit((char)text[0]))
        {
            id = (Math.Max(id, 0) * 10) + text[0] - '0';
            if (id > LargestId)
                throw new PacketFormatException("The number is too large.");
            text = text[1..];
        }

        return id;
    }
}
