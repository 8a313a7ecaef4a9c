namespace Hearth.Platform;

/// <summary>A query parameter of a route, for the OpenAPI document.</summary>
/// <param name="Example">A value of its type: its default, where it has one.</param>
/// <param name="Choices">All that it may be; none means anything of its type.</param>
internal sealed record QueryDoc(string Name, string Description, object Example, IReadOnlyList<string> Choices);

/// <summary>A failure that a route answers besides those that its metadata tells: a conflict, say.</summary>
internal sealed record FailureDoc(int Status, string When);

/// <summary>An answer as an example, where a made-up one would not do.</summary>
internal sealed record ExampleDoc(int Status, object Body);

/// <summary>
/// What a route's documentation needs that its code does not tell. Summary and description are the handler's XML comment
/// (summary and remarks); bodies come from <c>Accepts</c> and <c>Produces</c>; access, limits and common errors from their metadata.
/// </summary>
internal static class RouteDocs
{
    /// <summary>A query parameter that the handler reads; its type is that of the example.</summary>
    public static TBuilder WithQuery<TBuilder>(this TBuilder builder, string name, string description, object example, params string[] choices)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new QueryDoc(name, description, example, choices));

    /// <summary>The list is paged by numbers: <see cref="Pages.PageQuery"/>.</summary>
    public static TBuilder WithPages<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .WithQuery("page", "The page, from 1; past the end is 404.", 1)
            .WithQuery("page_size", "Items a page, at most 100.", 20);

    /// <summary>The list is walked by links: <see cref="Keyset.KeysetQuery"/>.</summary>
    public static TBuilder WithKeyset<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder =>
        builder
            .WithQuery("limit", "Items a page, at most 100.", 20)
            .WithQuery("cursor", "Opaque; taken from a `next` or `previous` link.", "PjEyMw");

    public static TBuilder WithFailure<TBuilder>(this TBuilder builder, int status, string when)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new FailureDoc(status, when));

    public static TBuilder WithExample<TBuilder>(this TBuilder builder, int status, object body)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ExampleDoc(status, body));
}
