using System.Reflection;
using System.Text;
using System.Xml.Linq;

namespace Hearth.Platform;

/// <summary>
/// The XML comments that the compiler wrote beside the assembly, of internal types as well: a handler's summary and remarks, a record's
/// summary and its parameters.
/// </summary>
internal sealed class XmlComments
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    public XmlComments()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "hearth.xml");
        if (!File.Exists(path))
            return;
        foreach (var member in XDocument.Load(path).Descendants("member"))
            members.TryAdd(Plain(member.Attribute("name")!.Value), member);
    }

    public string? Summary(MethodInfo method) => Text(Of(method)?.Element("summary"));

    public string? Remarks(MethodInfo method) => Text(Of(method)?.Element("remarks"));

    public string? Summary(Type type) => Text(Of($"T:{Name(type)}")?.Element("summary"));

    /// <summary>A positional record's property is described by the constructor's parameter, others by their own comment.</summary>
    public string? Summary(MemberInfo property)
    {
        if (property.DeclaringType is not { } type)
            return null;
        return Text(Of($"P:{Name(type)}.{property.Name}")?.Element("summary"))
            ?? Text(Of($"T:{Name(type)}")?.Elements("param").FirstOrDefault(param => param.Attribute("name")?.Value == property.Name));
    }

    private XElement? Of(MethodInfo method) => Of($"M:{Name(method.DeclaringType!)}.{method.Name}");

    private XElement? Of(string key) => members.GetValueOrDefault(key);

    private static string Name(Type type) => (type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    // Handlers and wire records have no overloads: a name without its parameters is enough.
    private static string Plain(string name) => name.IndexOf('(', StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            if (node is XText plain)
                text.Append(plain.Parent!.Name.LocalName == "c" ? $"`{plain.Value}`" : plain.Value);
            else if (node is XElement { Name.LocalName: "see" or "paramref" } reference)
                text.Append('`').Append(Last(reference)).Append('`');
            else if (node is XElement { Name.LocalName: "para" })
                text.Append("\n\n");
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } words ? words : null;
    }

    private static string Last(XElement reference)
    {
        var target = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? "";
        var end = target.IndexOf('(', StringComparison.Ordinal);
        return (end > 0 ? target[..end] : target).Split('.', ':')[^1];
    }
}
