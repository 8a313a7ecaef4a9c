using System.Globalization;
using PdfSharp.Drawing;

namespace Hearth.Features.Engagement.Reports;

/// <summary>Prints a sheet: a head, tiles with figures, charts, tables.</summary>
internal static class ReportPdf
{
    private const double TileHeight = 54;
    private const double Gap = 8;
    private const double RowHeight = 17;
    private const double Room = 6;

    public static byte[] Print(Sheet sheet)
    {
        var foot = string.Create(CultureInfo.InvariantCulture, $"{sheet.Title}, {sheet.Subject}. Made on {sheet.GeneratedAt:d MMMM yyyy 'at' HH:mm} UTC. Days are UTC.");
        using var pages = new PdfPages($"{sheet.Title}: {sheet.Subject}, {sheet.Period}", foot, sheet.GeneratedAt);
        Head(pages, sheet);
        Tiles(pages, sheet.Tiles);
        foreach (var chart in sheet.Charts)
            PdfCharts.Draw(pages, chart);
        foreach (var table in sheet.Tables)
            Draw(pages, table);
        return pages.Finish();
    }

    public static void Heading(PdfPages pages, string title)
    {
        pages.Text(title, PdfPages.Font(11.5, bold: true), PdfPages.Ink, PdfPages.Margin, pages.Y, PdfPages.Width);
        pages.Y += 21;
    }

    private static void Head(PdfPages pages, Sheet sheet)
    {
        pages.Canvas.DrawRectangle(new XSolidBrush(PdfPages.Accent), PdfPages.Margin, pages.Y, 36, 4);
        pages.Y += 14;
        pages.Text(sheet.Title, PdfPages.Font(22, bold: true), PdfPages.Ink, PdfPages.Margin, pages.Y, PdfPages.Width);
        pages.Y += 31;
        pages.Text(sheet.Subject, PdfPages.Font(13), PdfPages.Ink, PdfPages.Margin, pages.Y, PdfPages.Width);
        pages.Y += 18;
        pages.Text(sheet.Period, PdfPages.Font(10), PdfPages.Faint, PdfPages.Margin, pages.Y, PdfPages.Width);
        pages.Y += 28;
    }

    private static void Tiles(PdfPages pages, IReadOnlyList<Tile> tiles)
    {
        const int Columns = 4;
        var width = (PdfPages.Width - (Gap * (Columns - 1))) / Columns;
        foreach (var row in tiles.Chunk(Columns))
        {
            pages.Need(TileHeight + Gap);
            for (var i = 0; i < row.Length; i++)
            {
                var x = PdfPages.Margin + (i * (width + Gap));
                pages.Canvas.DrawRoundedRectangle(new XSolidBrush(PdfPages.Wash), x, pages.Y, width, TileHeight, 6, 6);
                pages.Text(row[i].Value, pages.Fitting(row[i].Value, 16, width - 20), PdfPages.Ink, x + 10, pages.Y + 9, width - 20);
                pages.Text(row[i].Name, PdfPages.Font(8), PdfPages.Faint, x + 10, pages.Y + 34, width - 20);
            }

            pages.Y += TileHeight + Gap;
        }

        pages.Y += 12;
    }

    private static void Draw(PdfPages pages, Table table)
    {
        if (table.Rows.Count == 0)
            return;
        pages.Need(21 + (RowHeight * Math.Min(4, table.Rows.Count + 1)));
        Heading(pages, table.Title);
        var widths = Widths(pages, table);
        ColumnNames(pages, table, widths);
        foreach (var row in table.Rows)
        {
            if (pages.Need(RowHeight))
                ColumnNames(pages, table, widths);
            Cells(pages, row, widths, pages.Body, PdfPages.Ink);
            pages.Y += RowHeight;
            pages.Canvas.DrawLine(new XPen(PdfPages.Line, 0.5), PdfPages.Margin, pages.Y - 4, PdfPages.Margin + PdfPages.Width, pages.Y - 4);
        }

        pages.Y += 20;
    }

    private static void ColumnNames(PdfPages pages, Table table, double[] widths)
    {
        Cells(pages, table.Columns, widths, pages.Names, PdfPages.Faint);
        pages.Y += RowHeight - 2;
    }

    private static void Cells(PdfPages pages, IReadOnlyList<string> cells, double[] widths, XFont font, XColor color)
    {
        var x = PdfPages.Margin;
        for (var i = 0; i < cells.Count; i++)
        {
            pages.Text(cells[i], font, color, x + 2, pages.Y, widths[i] - 4, i == 0 ? Align.Left : Align.Right);
            x += widths[i];
        }
    }

    /// <summary>Each column gets what its longest cell needs and an equal part of what is left; where too little is, the first gives way.</summary>
    private static double[] Widths(PdfPages pages, Table table)
    {
        var widths = new double[table.Columns.Count];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = pages.Measure(table.Columns[i], pages.Names) + Room;
            foreach (var row in table.Rows)
                widths[i] = Math.Max(widths[i], pages.Measure(row[i], pages.Body) + Room);
        }

        var left = PdfPages.Width - widths.Sum();
        if (left < 0)
            widths[0] = Math.Max(PdfPages.Width / 5, widths[0] + left);
        else
            widths = Array.ConvertAll(widths, width => width + (left / widths.Length));
        return widths;
    }
}
