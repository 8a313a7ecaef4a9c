using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Hearth.Database;
using Hearth.Platform;
using Npgsql;

namespace Hearth.Features.Interactions;

/// <summary>
/// Writes all of a person's rows to a stream, a few thousand at a time: neither memory nor a connection is held for as long as a slow
/// reader takes. A row's place in the order never changes, so each comes once; one that is new meanwhile comes if it is before the start.
/// </summary>
internal sealed class InteractionExport(NpgsqlDataSource source, InteractionRange range, bool mood, TimeProvider time)
{
    private const int Chunk = 2_000;

    private const string ChunkSql =
        $"""
        -- interactions.export
        select {HistoryReads.Columns}
          from (select * from interactions
                 where user_id = $1 and standing and created_at >= $2 and created_at <= $3 and (created_at, id) > ($2, $4)
                 order by created_at, id limit $5) r
          left join contents c on c.id = r.content_id
         order by r.created_at, r.id
        """;

    private static readonly JsonWriterOptions Options = new() { Encoder = Json.Options.Encoder };

    /// <param name="output">Where it goes.</param>
    /// <param name="mark">Before a table: nothing, or what tells its encoding; null for JSON.</param>
    /// <param name="ct">Ends it.</param>
    public async Task Write(PipeWriter output, string? mark, CancellationToken ct)
    {
        var csv = mark is not null;
        if (csv)
            Encoding.UTF8.GetBytes(mark + Header(), output);
        var first = true;
        await foreach (var rows in Chunks(ct))
        {
            foreach (var row in rows)
            {
                if (csv)
                    Encoding.UTF8.GetBytes(Line(row), output);
                else
                    Item(output, row, first);
                first = false;
            }

            // A reader that does not keep up is waited for; one that is gone ends it.
            if ((await output.FlushAsync(ct)).IsCompleted)
                return;
        }

        if (!csv)
            Encoding.UTF8.GetBytes(first ? "[]" : "]", output);
        await output.FlushAsync(ct);
    }

    private async IAsyncEnumerable<List<InteractionView>> Chunks([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var (from, id) = (range.From ?? DateTime.UnixEpoch, 0L);
        var to = range.To ?? time.GetUtcNow().UtcDateTime.AddMinutes(6);
        List<InteractionView> rows;
        do
        {
            rows = [];
            await using (var db = await source.OpenConnectionAsync(ct))
            {
                await using var command = Sql.Command(
                    db, ChunkSql, Sql.Value(range.User), Sql.Time(from), Sql.Time(to), Sql.Value(id), Sql.Value(Chunk));
                await using var row = await command.ExecuteReaderAsync(ct);
                while (await row.ReadAsync(ct))
                    rows.Add(HistoryReads.Read(row));
            }

            if (rows.Count > 0)
                (from, id) = (rows[^1].CreatedAt, rows[^1].Id);
            yield return rows;
        }
        while (rows.Count == Chunk);
    }

    private void Item(PipeWriter output, InteractionView row, bool first)
    {
        output.Write(first ? "["u8 : ","u8);
        using var json = new Utf8JsonWriter((IBufferWriter<byte>)output, Options);
        json.WriteStartObject();
        json.WriteNumber("id"u8, row.Id);
        json.WriteNumber("userId"u8, row.UserId);
        json.WriteString("contentId"u8, row.ContentId);
        json.WriteString("interactionType"u8, row.InteractionType);
        Number(json, "interactionValue", row.InteractionValue);
        if (mood)
        {
            json.WriteString("moodAtInteraction"u8, row.MoodAtInteraction);
            Number(json, "moodIntensityAtInteraction", row.MoodIntensityAtInteraction);
        }

        Number(json, "interactionDurationSeconds", row.InteractionDurationSeconds);
        json.WriteString("context"u8, row.Context);
        json.WriteString("notes"u8, row.Notes);
        json.WriteString("createdAt"u8, row.CreatedAt);
        json.WriteString("updatedAt"u8, row.UpdatedAt);
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private string Header() =>
        $"id,user_id,content_id,interaction_type,interaction_value,{(mood ? "mood_at_interaction,mood_intensity_at_interaction," : "")}interaction_duration_seconds,context,notes,created_at,updated_at\r\n";

    private string Line(InteractionView row)
    {
        string[] felt = mood ? [Csv.Text(row.MoodAtInteraction), Csv.Number(row.MoodIntensityAtInteraction)] : [];
        return Csv.Line(
        [
            Csv.Number(row.Id), Csv.Number(row.UserId), Csv.Text(row.ContentId), row.InteractionType, Csv.Number(row.InteractionValue), .. felt,
            Csv.Number(row.InteractionDurationSeconds), Csv.Text(row.Context), Csv.Text(row.Notes), Csv.Time(row.CreatedAt), Csv.Time(row.UpdatedAt),
        ]);
    }
}
