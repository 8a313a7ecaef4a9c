using System.Globalization;
using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace Hearth.Features.Engagement.Reports;

internal enum Align
{
    Left,
    Center,
    Right,
}

/// <summary>A4 pages that are filled from top to bottom, with a foot on each.</summary>
internal sealed class PdfPages : IDisposable
{
    public const double Margin = 48;
    public const double Width = 595 - (2 * Margin);
    private const double Bottom = 842 - 60;

    public static readonly XColor Ink = XColor.FromArgb(31, 35, 40);
    public static readonly XColor Faint = XColor.FromArgb(101, 109, 118);
    public static readonly XColor Line = XColor.FromArgb(222, 226, 230);
    public static readonly XColor Wash = XColor.FromArgb(246, 247, 249);
    public static readonly XColor Accent = XColor.FromArgb(192, 86, 33);

    private readonly PdfDocument document = new();
    private readonly string foot;
    private XGraphics? canvas;

    static PdfPages() => PdfFonts.Use();

    public PdfPages(string title, string foot, DateTime at)
    {
        this.foot = foot;
        document.Info.Title = title;
        document.Info.Creator = "Hearth";
        document.Info.CreationDate = at;
        document.PageLayout = PdfPageLayout.SinglePage;
        Turn();
    }

    /// <summary>Where the next thing goes.</summary>
    public double Y { get; set; }

    public XGraphics Canvas => canvas!;

    /// <summary>Of cells in tables.</summary>
    public XFont Body { get; } = Font(8.5);

    /// <summary>Of the names of their columns.</summary>
    public XFont Names { get; } = Font(7.5, bold: true);

    public static XFont Font(double size, bool bold = false) =>
        new(PdfFonts.Family, size, bold ? XFontStyleEx.Bold : XFontStyleEx.Regular);

    public double Measure(string text, XFont font) => Canvas.MeasureString(text, font).Width;

    /// <returns>The bold font of this size, or as much smaller as the text needs to fit, down to half.</returns>
    public XFont Fitting(string text, double size, double width)
    {
        var font = Font(size, bold: true);
        var wide = Measure(text, font);
        return wide <= width ? font : Font(Math.Max(size / 2, size * width / wide), bold: true);
    }

    /// <summary>Turns the page when so much does not fit on this one any more.</summary>
    /// <returns>Whether it did.</returns>
    public bool Need(double height)
    {
        if (Y + height <= Bottom)
            return false;
        Turn();
        return true;
    }

    public void Text(string text, XFont font, XColor color, double x, double y, double width, Align alignment = Align.Left)
    {
        var format = alignment switch
        {
            Align.Right => XStringFormats.TopRight,
            Align.Center => XStringFormats.TopCenter,
            _ => XStringFormats.TopLeft,
        };
        Canvas.DrawString(Fitted(text, font, width), font, new XSolidBrush(color), new XRect(x, y, width, font.Height), format);
    }

    public byte[] Finish()
    {
        canvas?.Dispose();
        canvas = null;
        for (var i = 0; i < document.PageCount; i++)
            Foot(document.Pages[i], i + 1);
        using var stream = new MemoryStream();
        document.Save(stream, closeStream: false);
        return stream.ToArray();
    }

    public void Dispose()
    {
        canvas?.Dispose();
        document.Dispose();
    }

    private void Turn()
    {
        canvas?.Dispose();
        var page = document.AddPage();
        page.Size = PageSize.A4;
        canvas = XGraphics.FromPdfPage(page);
        Y = Margin;
    }

    private void Foot(PdfPage page, int number)
    {
        using var last = XGraphics.FromPdfPage(page);
        var font = Font(8);
        var brush = new XSolidBrush(Faint);
        last.DrawLine(new XPen(Line, 0.75), Margin, Bottom + 14, Margin + Width, Bottom + 14);
        last.DrawString(foot, font, brush, new XRect(Margin, Bottom + 20, Width, 12), XStringFormats.TopLeft);
        var count = string.Create(CultureInfo.InvariantCulture, $"{number} / {document.PageCount}");
        last.DrawString(count, font, brush, new XRect(Margin, Bottom + 20, Width, 12), XStringFormats.TopRight);
    }

    private string Fitted(string text, XFont font, double width)
    {
        if (Measure(text, font) <= width)
            return text;
        var length = text.Length;
        while (length > 1 && Measure(text[..length] + "…", font) > width)
            length--;
        if (char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].TrimEnd() + "…";
    }
}
