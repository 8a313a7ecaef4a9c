using System.Globalization;
using System.Text;
using Hearth.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Hearth.Features.Community;

/// <summary>A body of <c>multipart/form-data</c> or of an HTML form: its fields, and the file in one of them.</summary>
internal sealed class SubmittedForm : IAsyncDisposable
{
    private const int MostFields = 32;
    private const int LongestField = 256 * 1024;

    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);

    private SubmittedForm()
    {
    }

    /// <summary>The uploaded file, on disk until this form is disposed of.</summary>
    public FileStream? Media { get; private set; }

    public static bool IsForm(HttpRequest request) => request.HasFormContentType;

    /// <summary>Reads the whole body; fails with 413 when the file is too large.</summary>
    public static async Task<SubmittedForm> Read(HttpContext http, MediaFolder folder, string file = "media")
    {
        var form = new SubmittedForm();
        try
        {
            if (MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary.HasValue)
                await form.ReadParts(http, folder, file);
            else
                await form.ReadPairs(http);
            return form;
        }
        catch (Exception e)
        {
            await form.DisposeAsync();
            throw e is InvalidDataException ? Failure.Malformed("The form is malformed.") : e;
        }
    }

    public bool Has(string field) => fields.ContainsKey(field);

    public string? Text(string field) => fields.GetValueOrDefault(field);

    /// <returns>The number; null where the field is missing, empty or says <c>null</c>.</returns>
    public long? Number(string field)
    {
        if (Text(field) is not ({ Length: > 0 } text and not "null"))
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Failure.Invalid(field, "A valid integer is required.");
    }

    public int? Id(string field) => Number(field) switch
    {
        null => null,
        var id and >= int.MinValue and <= int.MaxValue => (int)id,
        _ => throw Failure.Invalid(field, "A valid integer is required."),
    };

    public async ValueTask DisposeAsync()
    {
        if (Media is not null)
            await Media.DisposeAsync();
    }

    private async Task ReadPairs(HttpContext http)
    {
        foreach (var (name, values) in await http.Request.ReadFormAsync(http.RequestAborted))
            Add(name, values.ToString());
    }

    private async Task ReadParts(HttpContext http, MediaFolder folder, string file)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(http.Request.ContentType).Boundary).Value!;
        var reader = new MultipartReader(boundary, http.Request.Body);
        while (await reader.ReadNextSectionAsync(http.RequestAborted) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
                continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition())
                await ReadFile(name, file, section.Body, folder, http.RequestAborted);
            else
                Add(name, await Text(name, section.Body, http.RequestAborted));
        }
    }

    private async Task ReadFile(string name, string file, Stream body, MediaFolder folder, CancellationToken ct)
    {
        if (!string.Equals(name, file, StringComparison.Ordinal) || Media is not null)
        {
            await body.DrainAsync(ct);
            return;
        }

        Media = folder.Receive();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            // The rest is read and dropped: a client that is still sending would not hear the answer.
            if (Media.Length + read <= MediaFolder.Most)
            {
                await Media.WriteAsync(buffer.AsMemory(0, read), ct);
                continue;
            }

            await body.DrainAsync(ct);
            throw Failure.TooLarge("The file is larger than 10 MB.");
        }

        if (Media.Length == 0)
            throw Failure.Invalid(name, "The submitted file is empty.");
    }

    private static async Task<string> Text(string name, Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await body.ReadAsync(buffer, ct)) > 0)
        {
            if (bytes.Length + read > LongestField)
                throw Failure.Invalid(name, "This field is too long.");
            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void Add(string name, string value)
    {
        if (value.Contains('\0', StringComparison.Ordinal))
            throw Failure.Invalid(name, "Null characters are not allowed.");
        if (fields.Count == MostFields)
            throw Failure.Malformed("The form has too many fields.");
        fields[name] = value;
    }
}
