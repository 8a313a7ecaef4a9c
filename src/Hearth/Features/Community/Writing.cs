using System.Text.Json;
using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>What posts and comments have in common when they are written: one long text, perhaps a file.</summary>
internal abstract class Writing : IAsyncDisposable
{
    private SubmittedForm? submitted;
    private JsonElement? media;

    /// <summary>image, video or audio; must agree with the file. Without it the file's content tells.</summary>
    public string? MediaType { get; set; }

    /// <summary>A file in a form's part; JSON can only take one away, by <c>null</c>.</summary>
    public JsonElement? Media
    {
        get => media;
        set
        {
            media = value;
            HasMedia = true;
        }
    }

    /// <summary>Whether the request says anything of a file.</summary>
    internal bool HasMedia { get; private set; }

    /// <summary>Keeps the file of the request; null where there is none.</summary>
    public async Task<KeptMedia?> Keep(MediaFolder folder, CancellationToken ct)
    {
        if (MediaType is not (null or "" or "image" or "video" or "audio"))
            throw Failure.Invalid("media_type", $"\"{MediaType}\" is not a valid choice.");
        if (Media is { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) })
            throw Failure.Invalid("media", "The submitted data was not a file. Check the encoding type on the form.");
        return submitted?.Media is { } file ? await folder.Keep(file, MediaType is "" ? null : MediaType, ct) : null;
    }

    public ValueTask DisposeAsync() => submitted?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads a JSON body, or a form, which <paramref name="fill"/> copies over.</summary>
    protected static async Task<T> Read<T>(HttpContext http, MediaFolder folder, Action<T, SubmittedForm> fill)
        where T : Writing, new()
    {
        if (!SubmittedForm.IsForm(http.Request))
            return await Body.Read<T>(http);
        var form = await SubmittedForm.Read(http, folder);
        var writing = new T { submitted = form, HasMedia = form.Media is not null, MediaType = form.Text("media_type") };
        try
        {
            if (form.Media is null && form.Text("media") is { Length: > 0 })
                throw Failure.Invalid("media", "The submitted data was not a file. Check the encoding type on the form.");
            fill(writing, form);
            return writing;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    /// <summary>Fails when a required text is missing, blank or too long.</summary>
    /// <param name="field">Its name in the contract.</param>
    /// <param name="text">What was sent.</param>
    /// <param name="given">Whether the field was sent at all.</param>
    /// <param name="most">The greatest number of characters.</param>
    public static string Require(string field, string? text, bool given, int most)
    {
        if (text is null)
            throw Failure.Invalid(field, given ? "This field may not be null." : "This field is required.");
        if (string.IsNullOrWhiteSpace(text))
            throw Failure.Invalid(field, "This field may not be blank.");
        Limit(field, text, most);
        return text;
    }

    public static void Limit(string field, string? text, int most)
    {
        // Characters, not UTF-16 units: an emoji is one.
        if (text is not null && text.Length > most && text.EnumerateRunes().Count() > most)
            throw Failure.Invalid(field, $"Ensure this field has no more than {most} characters.");
    }
}
