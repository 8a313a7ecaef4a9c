namespace Hearth.Platform;

/// <summary>
/// Takes the picture of a request's form and keeps it: what accounts need of whoever keeps media. Fails with 400 for what is no
/// picture and 413 for what is too large; a picture that no row names in the end is swept away.
/// </summary>
/// <param name="Take">The request, and the field of its form that has the file; gives the picture's address.</param>
internal sealed record PictureIntake(Func<HttpContext, string, Task<string>> Take);
