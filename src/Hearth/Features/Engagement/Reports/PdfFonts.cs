using System.Collections.Concurrent;
using PdfSharp.Fonts;

namespace Hearth.Features.Engagement.Reports;

/// <summary>The typeface of reports, carried along: a server need not have any.</summary>
internal sealed class PdfFonts : IFontResolver
{
    public const string Family = "Report";

    private static readonly Lock Gate = new();
    private readonly ConcurrentDictionary<string, byte[]> faces = new(StringComparer.Ordinal);

    /// <summary>Makes it known to the library, once per process.</summary>
    public static void Use()
    {
        lock (Gate)
            GlobalFontSettings.FontResolver ??= new PdfFonts();
    }

    public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? "DejaVuSans-Bold" : "DejaVuSans");

    public byte[] GetFont(string faceName) => faces.GetOrAdd(faceName, static name =>
    {
        using var stream = typeof(PdfFonts).Assembly.GetManifestResourceStream($"fonts/{name}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    });
}
