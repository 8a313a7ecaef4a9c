using System.Globalization;
using PdfSharp.Drawing;

namespace Hearth.Features.Engagement.Reports;

/// <summary>Bar charts with a scale that people count in.</summary>
internal static class PdfCharts
{
    private const double Height = 118;
    private const double Scale = 34;
    private const double BarHeight = 17;
    private const double NameWidth = 92;

    public static void Draw(PdfPages pages, Chart chart)
    {
        var height = chart.IsHorizontal ? chart.Bars.Count * BarHeight : Height;
        pages.Need(height + 50);
        ReportPdf.Heading(pages, chart.Title);
        if (chart.IsHorizontal)
            Lying(pages, chart);
        else
            Standing(pages, chart);
    }

    private static void Standing(PdfPages pages, Chart chart)
    {
        var (step, most) = Ticks(chart.Bars.Max(bar => bar.Value));
        var (left, top, width) = (PdfPages.Margin + Scale, pages.Y, PdfPages.Width - Scale);
        var font = PdfPages.Font(7.5);
        for (var tick = 0; tick <= most; tick += step)
        {
            var y = top + Height - (Height * tick / most);
            pages.Canvas.DrawLine(new XPen(PdfPages.Line, 0.75), left, y, left + width, y);
            pages.Text(Number(tick), font, PdfPages.Faint, PdfPages.Margin, y - 5, Scale - 6, Align.Right);
        }

        var slot = width / chart.Bars.Count;
        var each = Math.Max(1, (int)Math.Ceiling(chart.Bars.Count / 7.0));
        for (var i = 0; i < chart.Bars.Count; i++)
        {
            var (name, value) = chart.Bars[i];
            var height = Height * value / most;
            var bar = Math.Clamp(slot * 0.72, 0.6, 40);
            if (value > 0)
                pages.Canvas.DrawRectangle(new XSolidBrush(PdfPages.Accent), left + (i * slot) + ((slot - bar) / 2), top + Height - height, bar, height);
            if (i % each == 0)
                pages.Text(name, font, PdfPages.Faint, left + ((i + 0.5) * slot) - (NameWidth / 2), top + Height + 4, NameWidth, Align.Center);
        }

        pages.Y += Height + 34;
    }

    private static void Lying(PdfPages pages, Chart chart)
    {
        var most = Math.Max(1, chart.Bars.Max(bar => bar.Value));
        var (left, width) = (PdfPages.Margin + NameWidth, PdfPages.Width - NameWidth - 50);
        var font = PdfPages.Font(8.5);
        foreach (var (name, value) in chart.Bars)
        {
            pages.Text(name, font, PdfPages.Ink, PdfPages.Margin, pages.Y, NameWidth - 8);
            pages.Canvas.DrawRectangle(new XSolidBrush(PdfPages.Wash), left, pages.Y + 1, width, 9);
            if (value > 0)
                pages.Canvas.DrawRectangle(new XSolidBrush(PdfPages.Accent), left, pages.Y + 1, width * value / most, 9);
            pages.Text(Number(value), font, PdfPages.Ink, left + width + 6, pages.Y, 44, Align.Right);
            pages.Y += BarHeight;
        }

        pages.Y += 20;
    }

    /// <summary>Steps of 1, 2 or 5 times a power of ten, at most five of them.</summary>
    private static (int Step, int Most) Ticks(int most)
    {
        var step = 1;
        int[] factors = [2, 5, 10];
        for (var power = 1; step * 5 < most; power *= 10)
        {
            foreach (var factor in factors)
            {
                if (step * 5 < most)
                    step = power * factor;
            }
        }

        return (step, Math.Max(step, (most + step - 1) / step * step));
    }

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
