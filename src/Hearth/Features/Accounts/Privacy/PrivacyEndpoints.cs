using Hearth.Platform;

namespace Hearth.Features.Accounts;

/// <summary>What is held on oneself; see docs/privacy.md.</summary>
internal static class PrivacyEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var privacy = routes.MapGroup("/api/v1").WithDialect(Dialect.Problem).WithTags("Privacy");
        privacy.MapGet("/users/me/export", Export).RequireSignedIn().Limit(RateLimit.Exports)
            .Produces(StatusCodes.Status200OK, contentType: "application/zip").WithFailure(503, "Several exports are being written.");
        // Anyone: a repeat comes with a token that holds no more.
        privacy.MapDelete("/users/me", Erase).AllowAnyone().Limit(RateLimit.Logins).Accepts<ErasureRequest>("application/json").Produces<ErasureCertificate>()
            .WithFailure(401, "No token, or one that never held.").WithFailure(409, "The last administrator cannot leave.");
        privacy.MapGet("/erasures/{id:guid}", Certificate).AllowAnyone().Limit(RateLimit.Reads).Produces<ErasureCertificate>();
    }

    /// <summary>Everything held on me</summary>
    /// <remarks>A zip of JSON files and of the media I uploaded. <c>contents.json</c> names the files, and what is left out and why. Secrets are left out:
    /// passwords, tokens, the keys and addresses of push subscriptions.</remarks>
    private static async Task Export(HttpContext http, Exports exports) => await exports.Write(http, http.Caller().UserId);

    /// <summary>Leave, for good</summary>
    /// <remarks>The account is emptied and its sessions end at once; the rest follows before the answer, a certificate of what was done. The same request again, with
    /// the same token while it would have held, answers the same. The user name is free again. The last administrator cannot leave.</remarks>
    private static async Task<IResult> Erase(HttpContext http, ErasureActions actions) => await actions.Erase(http, await Body.Read<ErasureRequest>(http));

    /// <summary>The certificate of an erasure</summary>
    /// <remarks>For whoever knows its id, which nobody guesses. It names nobody.</remarks>
    private static async Task<IResult> Certificate(HttpContext http, Guid id, ErasureActions actions) =>
        Answer.Ok(await actions.Certificate(id, http.RequestAborted) ?? throw Failure.NotFound());
}
