namespace Hearth.Features.Messaging.Templates;

/// <summary>A template's text with a contact's values in their places.</summary>
internal static class TemplateText
{
    public static string Fill(string text, string name, string? phone, string? email)
    {
        var filled = new System.Text.StringBuilder(text.Length + 32);
        var rest = text.AsSpan();
        while (rest.IndexOf("{{") is >= 0 and var open && rest[open..].IndexOf("}}") is > 0 and var length)
        {
            filled.Append(rest[..open]);
            var place = rest.Slice(open + 2, length - 2).Trim();
            filled.Append(place switch
            {
                "name" => name,
                "first_name" => name.Split(' ', 2)[0],
                "phone" => phone ?? "",
                "email" => email ?? "",
                _ => rest.Slice(open, length + 2),
            });
            rest = rest[(open + length + 2)..];
        }

        return filled.Append(rest).ToString();
    }
}
