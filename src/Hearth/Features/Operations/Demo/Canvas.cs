using System.Runtime.CompilerServices;

namespace Hearth.Features.Operations.Demo;

internal readonly record struct Colour(float R, float G, float B)
{
    public static Colour Hex(int rgb) => new((rgb >> 16) & 255, (rgb >> 8) & 255, rgb & 255);

    public Colour Towards(Colour other, float part) => new(R + ((other.R - R) * part), G + ((other.G - G) * part), B + ((other.B - B) * part));
}

/// <summary>A small picture, painted shape over shape with soft edges. Coordinates are in pixels. Each loop runs a few times only: optimised at once.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly Colour[] pixels = new Colour[width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>From the top to the bottom.</summary>
    public void Sky(Colour top, Colour bottom)
    {
        for (var y = 0; y < height; y++)
            pixels.AsSpan(y * width, width).Fill(top.Towards(bottom, (float)y / height));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Ellipse(float x, float y, float rx, float ry, Colour colour, float opacity = 1)
    {
        for (var py = (int)Math.Max(0, y - ry - 1); py < Math.Min(height, y + ry + 2); py++)
        {
            for (var px = (int)Math.Max(0, x - rx - 1); px < Math.Min(width, x + rx + 2); px++)
            {
                var (dx, dy) = ((px + 0.5f - x) / rx, (py + 0.5f - y) / ry);
                Blend(px, py, colour, opacity * ((1 - MathF.Sqrt((dx * dx) + (dy * dy))) * MathF.Min(rx, ry)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Box(float x, float y, float w, float h, Colour colour)
    {
        for (var py = (int)Math.Max(0, y); py < Math.Min(height, y + h); py++)
        {
            for (var px = (int)Math.Max(0, x); px < Math.Min(width, x + w); px++)
                Blend(px, py, colour, 1);
        }
    }

    /// <summary>Everything below a line.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Below(Func<float, float> line, Colour colour)
    {
        for (var px = 0; px < width; px++)
        {
            var edge = line(px);
            for (var py = (int)Math.Max(0, edge - 1); py < height; py++)
                Blend(px, py, colour, py + 0.5f - edge);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public byte[] ToPng()
    {
        var bytes = new byte[pixels.Length * 3];
        for (var i = 0; i < pixels.Length; i++)
        {
            bytes[i * 3] = (byte)pixels[i].R;
            bytes[(i * 3) + 1] = (byte)pixels[i].G;
            bytes[(i * 3) + 2] = (byte)pixels[i].B;
        }

        return Png.Encode(width, height, bytes);
    }

    private void Blend(int x, int y, Colour colour, float cover)
    {
        if (cover > 0)
            pixels[(y * width) + x] = pixels[(y * width) + x].Towards(colour, Math.Min(cover, 1));
    }
}
