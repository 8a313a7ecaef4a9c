using System.Text;
using System.Text.Encodings.Web;
using Hearth.Platform;

namespace Hearth.Jobs.Mail;

/// <summary>A link that a mail asks to follow.</summary>
internal sealed record MailLink(string Label, string Url);

/// <summary>What a mail says, before it has a form. All of it is plain text.</summary>
internal sealed record MailContent(string Heading, IReadOnlyList<string> Paragraphs)
{
    public MailLink? Action { get; init; }

    /// <summary>A list below the paragraphs: a digest's lines, each with its link.</summary>
    public IReadOnlyList<MailLink> Items { get; init; } = [];

    /// <summary>Small print: why this came, and how to stop it.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    public IReadOnlyList<MailLink> FooterLinks { get; init; } = [];
}

/// <summary>
/// The one layout of Hearth's mails, as HTML and as text. Readable without styles, on a phone's width, light and dark;
/// nothing is fetched from anywhere. Every piece of text is escaped here and nowhere else.
/// </summary>
internal static class MailLayout
{
    private const string Style =
        """
        :root { color-scheme: light dark; supported-color-schemes: light dark; }
        body { margin: 0; padding: 24px 12px; background: #f4f2ef; color: #241f1c; font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
        main { max-width: 34rem; margin: 0 auto; padding: 28px 24px; background: #ffffff; border-radius: 12px; }
        h1 { margin: 0 0 16px; font-size: 1.35rem; line-height: 1.3; overflow-wrap: anywhere; }
        p { margin: 0 0 16px; overflow-wrap: anywhere; }
        ul { margin: 0 0 16px; padding-left: 1.2rem; } li { margin: 0 0 8px; overflow-wrap: anywhere; }
        a { color: #a63d10; }
        a.action { display: inline-block; padding: 12px 22px; border-radius: 8px; background: #a63d10; color: #ffffff; font-weight: 600; text-decoration: none; }
        footer { max-width: 34rem; margin: 16px auto 0; padding: 0 24px; color: #665d57; font-size: 0.85rem; }
        @media (prefers-color-scheme: dark) {
          body { background: #191614; color: #ece6e1; } main { background: #25211e; } a { color: #f2a07b; }
          a.action { background: #b84a20; color: #ffffff; } footer { color: #a89d95; }
        }
        """;

    public static MailMessage Message(HearthOptions options, string to, string toName, string subject, MailContent content) =>
        new(to, subject, Html(options, content), Text(options, content)) { ToName = toName };

    public static string Html(HearthOptions options, MailContent content)
    {
        var html = new StringBuilder(4_096);
        html.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<meta name=\"color-scheme\" content=\"light dark\">\n<title>").Append(E(content.Heading)).Append("</title>\n<style>\n")
            .Append(Style).Append("\n</style>\n</head>\n<body>\n<main>\n<h1>").Append(E(content.Heading)).Append("</h1>\n");
        foreach (var paragraph in content.Paragraphs)
            html.Append("<p>").Append(E(paragraph)).Append("</p>\n");
        if (content.Items.Count > 0)
        {
            html.Append("<ul>\n");
            foreach (var item in content.Items)
                html.Append("<li>").Append(Link(item)).Append("</li>\n");
            html.Append("</ul>\n");
        }

        if (content.Action is { } action)
        {
            html.Append("<p>").Append(Link(action, " class=\"action\"")).Append("</p>\n<p>If the button does nothing, open this address:<br>")
                .Append(Link(new MailLink(action.Url, action.Url))).Append("</p>\n");
        }

        html.Append("</main>\n<footer>\n");
        foreach (var line in content.Footer)
            html.Append("<p>").Append(E(line)).Append("</p>\n");
        html.Append("<p>").Append(E(options.FromName));
        foreach (var link in content.FooterLinks)
            html.Append(" · ").Append(Link(link));
        return html.Append("</p>\n</footer>\n</body>\n</html>\n").ToString();
    }

    public static string Text(HearthOptions options, MailContent content)
    {
        var text = new StringBuilder(1_024).Append(content.Heading).Append("\n\n");
        foreach (var paragraph in content.Paragraphs)
            text.Append(paragraph).Append("\n\n");
        foreach (var item in content.Items)
            text.Append("- ").Append(item.Label).Append("\n  ").Append(item.Url).Append('\n');
        if (content.Items.Count > 0)
            text.Append('\n');
        if (content.Action is { } action)
            text.Append(action.Label).Append(":\n").Append(action.Url).Append("\n\n");
        text.Append("-- \n");
        foreach (var line in content.Footer)
            text.Append(line).Append('\n');
        text.Append(options.FromName).Append('\n');
        foreach (var link in content.FooterLinks)
            text.Append(link.Label).Append(": ").Append(link.Url).Append('\n');
        return text.ToString();
    }

    private static string Link(MailLink link, string attributes = "") => $"<a href=\"{E(link.Url)}\"{attributes}>{E(link.Label)}</a>";

    private static string E(string text) => HtmlEncoder.Default.Encode(text);
}
