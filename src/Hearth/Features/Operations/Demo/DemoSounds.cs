using System.Buffers.Binary;
using System.Text;

namespace Hearth.Features.Operations.Demo;

/// <summary>The short recordings of the demonstration: a tune of plucked notes as a WAV file.</summary>
internal static class DemoSounds
{
    private const int Rate = 11_025;

    // Half-tones above A3 and lengths in beats.
    private static readonly (int Tone, float Beats)[][] Tunes =
    [
        [(3, 1), (7, 1), (10, 1), (12, 2), (10, 1), (8, 1), (7, 1), (5, 1), (3, 3)],
        [(17, 2), (10, 4), (17, 2), (10, 4)],
        [(3, 1), (7, 1), (10, 1), (12, 2), (10, 1), (8, 1), (7, 1), (5, 1), (7, 2), (3, 1), (0, 1), (3, 1), (5, 1), (3, 3), (17, 2), (10, 3)],
    ];

    /// <param name="number">From 1.</param>
    public static byte[] Tune(int number)
    {
        var tune = Tunes[(number - 1) % Tunes.Length];
        var samples = new float[(int)((tune.Sum(note => note.Beats) + 4) * Rate * 0.34f)];
        var at = 0f;
        foreach (var (tone, beats) in tune)
        {
            Pluck(samples, (int)(at * Rate * 0.34f), 220f * MathF.Pow(2, tone / 12f));
            at += beats;
        }

        return Wav(samples);
    }

    private static void Pluck(float[] samples, int from, float pitch)
    {
        for (var i = 0; from + i < samples.Length && i < Rate * 2; i++)
        {
            var t = (float)i / Rate;
            var wave = MathF.Sin(2 * MathF.PI * pitch * t) + (0.5f * MathF.Sin(4 * MathF.PI * pitch * t)) + (0.2f * MathF.Sin(6 * MathF.PI * pitch * t));
            samples[from + i] += 0.22f * wave * MathF.Exp(-2.6f * t) * Math.Min(1, i / 60f);
        }
    }

    private static byte[] Wav(float[] samples)
    {
        var file = new byte[44 + (samples.Length * 2)];
        Encoding.ASCII.GetBytes("RIFF", file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ", file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        Encoding.ASCII.GetBytes("data", file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples.Length * 2);
        for (var i = 0; i < samples.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (i * 2)), (short)(Math.Clamp(samples[i], -1, 1) * 30_000));
        return file;
    }
}
