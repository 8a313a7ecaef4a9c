using System.Text.Json;

namespace Hearth.SocketIO.Parser;

/// <summary>Walks through a packet's JSON once: is it JSON, how deep, and where do attachments belong?</summary>
internal ref struct JsonScan
{
    private readonly int attachments;
    private readonly int maxDepth;
    private Utf8JsonReader reader;
    private List<Placeholder>? found;

    private JsonScan(ReadOnlySpan<byte> json, int attachments, int maxDepth)
    {
        this.attachments = attachments;
        this.maxDepth = maxDepth;
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maxDepth });
    }

    /// <returns>The places of attachments, in order; null when there are none.</returns>
    /// <param name="json">The JSON.</param>
    /// <param name="start">What it must begin with.</param>
    /// <param name="attachments">How many attachments there are.</param>
    /// <param name="maxDepth">How deep it may be nested.</param>
    /// <exception cref="PacketFormatException">It is none, is nested too deep, or names an attachment that there is not.</exception>
    public static List<Placeholder>? Check(ReadOnlySpan<byte> json, JsonTokenType start, int attachments, int maxDepth)
    {
        try
        {
            var scan = new JsonScan(json, attachments, maxDepth);
            if (!scan.reader.Read() || scan.reader.TokenType != start)
                throw new PacketFormatException("Not the payload that belongs here.");
            if (attachments > 0)
                scan.Find();
            else
                scan.Pass();
            return scan.found;
        }
        catch (JsonException e)
        {
            throw new PacketFormatException(e.Message);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair in a name.
            throw new PacketFormatException(e.Message);
        }
    }

    private void Pass()
    {
        while (reader.Read())
        {
        }
    }

    private void Find()
    {
        Span<Level> levels = new Level[maxDepth + 1];
        while (reader.Read())
        {
            ref var level = ref levels[reader.CurrentDepth];
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    level = new Level { Start = (int)reader.TokenStartIndex, Number = -1 };
                    break;
                case JsonTokenType.PropertyName:
                    ReadProperty(levels, reader.CurrentDepth - 1);
                    break;
                case JsonTokenType.EndObject when level.IsPlaceholder:
                    Add(level);
                    break;
            }
        }
    }

    private void ReadProperty(Span<Level> levels, int depth)
    {
        var isMark = reader.ValueTextEquals("_placeholder"u8);
        var isNumber = !isMark && reader.ValueTextEquals("num"u8);
        if (!isMark && !isNumber)
            return;
        reader.Read();
        // A value that is an object itself may hold attachments, too.
        if (reader.TokenType == JsonTokenType.StartObject)
            levels[reader.CurrentDepth] = new Level { Start = (int)reader.TokenStartIndex, Number = -1 };
        if (isMark)
            levels[depth].IsPlaceholder = reader.TokenType == JsonTokenType.True;
        else
            levels[depth].Number = Number();
    }

    private readonly int Number() =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var number) && number >= 0 && number < attachments && number == Math.Floor(number)
            ? (int)number
            : -1;

    private void Add(in Level level)
    {
        if (level.Number < 0)
            throw new PacketFormatException("There is no such attachment.");
        found ??= [];
        // An attachment takes the place of the whole object, with all that is in it.
        while (found.Count > 0 && found[^1].Start > level.Start)
            found.RemoveAt(found.Count - 1);
        found.Add(new Placeholder(level.Start, (int)reader.BytesConsumed - level.Start, level.Number));
    }

    private struct Level
    {
        public int Start;
        public int Number;
        public bool IsPlaceholder;
    }
}
