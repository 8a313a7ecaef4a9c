namespace Hearth.SocketIO;

/// <summary>Which pages of other origins may connect. With an allow-list, WebSockets of other origins are refused as well.</summary>
public sealed class CorsOptions
{
    /// <summary>The origins that may connect, such as <c>https://example.org</c>; <c>*</c> alone lets any. One origin alone is told to everybody.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Decides about an origin instead of the list.</summary>
    public Func<string, bool>? IsAllowed { get; set; }

    /// <summary>Whether pages may send cookies along. Any origin is then told by its own name.</summary>
    public bool Credentials { get; set; }
}
