using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hearth.Features.Moderation.Scoring;

/// <summary>What one of the two judgements needs beside its weights.</summary>
/// <param name="Scale">The weight of a feature that is kept as 1.</param>
/// <param name="Slope">With <paramref name="Offset"/> turns a sum into log odds, for a stream in which half of the texts are bad.</param>
/// <param name="Limit">From which chance on a text counts as bad where many are, as in the data.</param>
/// <param name="SafeLimit">From which chance on it does where hardly any are.</param>
internal readonly record struct Judgement(float Scale, float Slope, float Offset, float Limit, float SafeLimit);

/// <summary>
/// The weights: 2^16 buckets of four slots, each 14 bits of the feature's hash, two marks about words, and a weight of 8 bits for
/// each judgement, kept as the root of its size so that small weights stay apart. A feature that is in no slot is unknown.
/// </summary>
internal sealed class ScorerModel
{
    public const int Buckets = 1 << 16;
    public const int SlotsPerBucket = 4;
    public const uint EnglishMark = 1u << 16;
    public const uint ForeignMark = 1u << 17;

    private const uint Magic = 0x31534D48;
    private const int HeaderBytes = 4 + (2 * 5 * 4);

    private readonly uint[] slots;

    public ScorerModel(Judgement spam, Judgement offensive, uint[] slots)
    {
        if (slots.Length != Buckets * SlotsPerBucket)
            throw new ArgumentException("The table has another size.", nameof(slots));
        (Spam, Offensive, this.slots) = (spam, offensive, slots);
    }

    public Judgement Spam { get; }

    public Judgement Offensive { get; }

    public static ScorerModel Load()
    {
        using var stream = typeof(ScorerModel).Assembly.GetManifestResourceStream("moderation/scorer.bin")
            ?? throw new InvalidOperationException("The scorer's model is not in the program.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Read(bytes);
    }

    public static ScorerModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != HeaderBytes + (Buckets * SlotsPerBucket * 4) || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
            throw new InvalidDataException("This is not a model of the scorer.");
        var slots = new uint[Buckets * SlotsPerBucket];
        for (var slot = 0; slot < slots.Length; slot++)
            slots[slot] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(HeaderBytes + (slot * 4))..]);
        return new ScorerModel(ReadJudgement(bytes[4..]), ReadJudgement(bytes[24..]), slots);
    }

    public byte[] Write()
    {
        var bytes = new byte[HeaderBytes + (slots.Length * 4)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        WriteJudgement(bytes.AsSpan(4), Spam);
        WriteJudgement(bytes.AsSpan(24), Offensive);
        for (var slot = 0; slot < slots.Length; slot++)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(HeaderBytes + (slot * 4)), slots[slot]);
        return bytes;
    }

    /// <returns>The slot of a feature, or 0 where it is unknown.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Find(uint hash)
    {
        // All four at once: which of them it is cannot be foretold, and a wrong guess costs more than the comparison.
        var bucket = (nuint)(hash >> 16) * SlotsPerBucket;
        var four = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(slots), bucket);
        var same = Vector128.Equals(four >>> 18, Vector128.Create(Print(hash))).ExtractMostSignificantBits();
        return same == 0 ? 0 : slots[(int)bucket + BitOperations.TrailingZeroCount(same)];
    }

    /// <summary>What tells features of one bucket apart; never 0, which marks an empty slot.</summary>
    public static uint Print(uint hash) => Math.Max(hash & 0x3FFF, 1);

    public static uint Slot(uint hash, int spam, int offensive, uint marks) =>
        (Print(hash) << 18) | marks | ((uint)(byte)(sbyte)spam << 8) | (byte)(sbyte)offensive;

    /// <summary>A kept weight, in units of the scale divided by 127 twice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int SpamWeight(uint slot) => Square((sbyte)(slot >> 8));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int OffensiveWeight(uint slot) => Square((sbyte)slot);

    private static int Square(int root) => root < 0 ? -root * root : root * root;

    private static Judgement ReadJudgement(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadSingleLittleEndian(bytes),
        BinaryPrimitives.ReadSingleLittleEndian(bytes[4..]),
        BinaryPrimitives.ReadSingleLittleEndian(bytes[8..]),
        BinaryPrimitives.ReadSingleLittleEndian(bytes[12..]),
        BinaryPrimitives.ReadSingleLittleEndian(bytes[16..]));

    private static void WriteJudgement(Span<byte> bytes, Judgement judgement)
    {
        BinaryPrimitives.WriteSingleLittleEndian(bytes, judgement.Scale);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[4..], judgement.Slope);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[8..], judgement.Offset);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[12..], judgement.Limit);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[16..], judgement.SafeLimit);
    }
}
