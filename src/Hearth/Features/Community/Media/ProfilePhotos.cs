using Hearth.Platform;

namespace Hearth.Features.Community;

/// <summary>Photos of people, kept like the files of posts.</summary>
internal static class ProfilePhotos
{
    public static PictureIntake Intake(MediaFolder folder, MediaLinks links) => new(async (http, field) =>
    {
        if (!SubmittedForm.IsForm(http.Request))
            throw new Failure(FailureKind.UnsupportedMedia, "Unsupported media type in request: a photo is sent as multipart/form-data.");
        await using var form = await SubmittedForm.Read(http, folder, field);
        if (form.Media is not { } file)
            throw Failure.Invalid(field, "No file was submitted.");
        var kept = await folder.Keep(file, null, http.RequestAborted);
        if (string.Equals(kept.Type, "image", StringComparison.Ordinal))
            return links.Of(kept.Path)!;
        folder.Delete(kept.Path);
        throw Failure.Invalid(field, "Send a picture: JPEG, PNG, GIF or WebP.");
    });
}
