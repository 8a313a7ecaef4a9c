namespace Hearth.Platform;

/// <summary>Metadata of a POST that changes nothing: a question too long for a query. It is held for a position as other reads are.</summary>
internal sealed record ReadByPost;

internal static class ReadsByPost
{
    public static TBuilder OnlyReads<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ReadByPost());
}
