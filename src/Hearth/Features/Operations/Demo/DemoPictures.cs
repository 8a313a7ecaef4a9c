namespace Hearth.Features.Operations.Demo;

/// <summary>Faces and scenes of the demonstration, drawn anew from a number: the same number, the same picture.</summary>
internal static class DemoPictures
{
    private static readonly int[] Grounds = [0xE8A87C, 0xC38D9E, 0x41B3A3, 0xE27D60, 0x85CDCA, 0x6B7FD7, 0xF2C14E, 0x8E9AAF, 0xB5838D, 0x5F7A61];
    private static readonly int[] Skins = [0xF1C9A5, 0xE0AC86, 0xC68A5E, 0x9A6641, 0x6F4529];
    private static readonly int[] Hairs = [0x2B2320, 0x4A3426, 0x7A4A2A, 0xB8860B, 0x8C8C8C, 0x1C1C28];
    private static readonly int[] Clothes = [0x355070, 0x6D597A, 0xB56576, 0x2A9D8F, 0x264653, 0xBC4749, 0x386641, 0x577590];

    public static byte[] Face(int number)
    {
        var random = new Random(number * 7919);
        var canvas = new Canvas(192, 192);
        var ground = Pick(Grounds, random);
        canvas.Sky(ground.Towards(Colour.Hex(0xFFFFFF), 0.25f), ground);
        var (skin, hair, clothes) = (Pick(Skins, random), Pick(Hairs, random), Pick(Clothes, random));
        var isLong = random.Next(2) == 0;
        if (isLong)
            canvas.Ellipse(96, 104, 50, 62, hair);
        canvas.Ellipse(96, 204, 74, 62, clothes);
        canvas.Ellipse(96, 138, 17, 26, skin.Towards(Colour.Hex(0), 0.12f));
        canvas.Ellipse(96, 68, 43, 42, hair);
        canvas.Ellipse(96, 90, 36, 43, skin);
        canvas.Ellipse(96 + random.Next(-14, 15), 54, 36, 16, hair);
        canvas.Ellipse(82, 90, 4, 5, Colour.Hex(0x2B2320));
        canvas.Ellipse(110, 90, 4, 5, Colour.Hex(0x2B2320));
        canvas.Ellipse(96, 110, 13, 7, Colour.Hex(0xA4453F));
        canvas.Ellipse(96, 106, 14, 6, skin);
        return canvas.ToPng();
    }

    public static byte[] Scene(string name, int number)
    {
        var random = new Random((number * 104729) + name.Length);
        var canvas = new Canvas(800, 500);
        switch (name)
        {
            case "loaf":
                Loaf(canvas, random);
                break;
            case "garden":
                Garden(canvas, random);
                break;
            case "sea":
                Sea(canvas, random);
                break;
            case "city":
                City(canvas, random);
                break;
            default:
                Hills(canvas, random);
                break;
        }

        return canvas.ToPng();
    }

    private static void Hills(Canvas canvas, Random random)
    {
        Dawn(canvas, random);
        for (var layer = 0; layer < 4; layer++)
        {
            var (phase, length) = (random.NextSingle() * 6, 130f + (random.NextSingle() * 120));
            var height = 250 + (layer * 55f);
            canvas.Below(x => height + (26 * MathF.Sin((x / length) + phase)) + (9 * MathF.Sin(x / 37 + phase)), Colour.Hex(0x7FA38A).Towards(Colour.Hex(0x1F3D36), layer / 3f));
        }
    }

    private static void Sea(Canvas canvas, Random random)
    {
        Dawn(canvas, random);
        canvas.Below(_ => 290, Colour.Hex(0x4F8A9E));
        for (var i = 0; i < 60; i++)
            canvas.Ellipse(random.Next(800), 296 + (random.NextSingle() * 110), 18 + random.Next(40), 1.6f, Colour.Hex(0xBFE0E2), 0.7f);
        canvas.Below(x => 420 + (22 * MathF.Sin(x / 190)) + (4 * MathF.Sin(x / 23)), Colour.Hex(0xD9C3A0));
        foreach (var x in new[] { 560 + random.Next(40), 630 + random.Next(60) })
        {
            canvas.Box(x, 356, 3, 50, Colour.Hex(0x3A4650));
            canvas.Ellipse(x, 350, 20, 9, Colour.Hex(0x54626C));
            canvas.Ellipse(x + 18, 334, 4, 15, Colour.Hex(0x54626C));
        }
    }

    private static void City(Canvas canvas, Random random)
    {
        canvas.Sky(Colour.Hex(0x2F3E63), Colour.Hex(0xE9A178));
        for (var layer = 0; layer < 2; layer++)
        {
            var wall = Colour.Hex(layer == 0 ? 0x556184 : 0x28304A);
            for (var x = -20f; x < 800;)
            {
                var (w, top) = (50f + random.Next(70), 150f + (layer * 90) + random.Next(120));
                canvas.Box(x, top, w, 500 - top, wall);
                for (var wy = top + 14; wy < 480; wy += 30)
                {
                    for (var wx = x + 10; wx < x + w - 14; wx += 22)
                    {
                        if (random.Next(3) == 0)
                            canvas.Box(wx, wy, 10, 15, Colour.Hex(0xF7D488));
                    }
                }

                x += w + 3;
            }
        }
    }

    private static void Garden(Canvas canvas, Random random)
    {
        canvas.Sky(Colour.Hex(0xCFE8EF), Colour.Hex(0xF4F1E1));
        canvas.Below(x => 360 + (10 * MathF.Sin(x / 90)), Colour.Hex(0x7B5E45));
        for (var i = 0; i < 46; i++)
        {
            var (x, y) = (20 + random.Next(760), 350 + random.Next(110));
            var stem = 60 + random.Next(130);
            canvas.Box(x, y - stem, 3, stem, Colour.Hex(0x4F7942));
            for (var leaf = 0; leaf < 4; leaf++)
                canvas.Ellipse(x + (leaf % 2 == 0 ? -11 : 13), y - (stem * leaf / 5f) - 8, 12, 5, Colour.Hex(0x5E9150));
            if (random.Next(2) == 0)
                canvas.Ellipse(x + 1, y - stem, 10, 10, Pick([0xE4572E, 0xF3A712, 0xA8C686, 0xD1495B, 0xF9DC5C], random));
        }
    }

    private static void Loaf(Canvas canvas, Random random)
    {
        canvas.Sky(Colour.Hex(0xF3E9DC), Colour.Hex(0xD9C2A3));
        canvas.Below(_ => 330, Colour.Hex(0x9C7A54));
        canvas.Ellipse(400, 372, 290, 42, Colour.Hex(0x7A5C3C), 0.6f);
        var height = 95 + random.Next(60);
        canvas.Ellipse(400, 300, 260, height, Colour.Hex(0x9A5B2A));
        canvas.Ellipse(392, 290, 246, height - 12, Colour.Hex(0xC08045));
        canvas.Ellipse(380, 276, 216, height - 34, Colour.Hex(0xD39A5C));
        for (var i = 0; i < 4; i++)
            canvas.Ellipse(250 + (i * 98) + random.Next(12), 262 - (i % 2 * 8), 14, 46, Colour.Hex(0xF0D9B0), 0.85f);
        for (var i = 0; i < 260; i++)
            canvas.Ellipse(170 + random.Next(460), 210 + random.Next(110), 1.6f, 1.2f, Colour.Hex(0xFFF6E6), 0.5f);
    }

    private static void Dawn(Canvas canvas, Random random)
    {
        canvas.Sky(Colour.Hex(0x5E86B5), Colour.Hex(0xF6C6A0));
        var (x, y) = (120 + random.Next(560), 150 + random.Next(110));
        canvas.Ellipse(x, y, 90, 90, Colour.Hex(0xFFE3B8), 0.02f);
        canvas.Ellipse(x, y, 44, 44, Colour.Hex(0xFFF0D0));
    }

    private static Colour Pick(int[] colours, Random random) => Colour.Hex(colours[random.Next(colours.Length)]);
}
