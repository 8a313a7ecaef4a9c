using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hearth.Features.Interactions;

/// <summary>An experiment as it is stored; nothing of it changes once it is there.</summary>
internal sealed record Experiment(
    long Id, Guid Key, string Name, string Description, string[] Variants, int[] Weights, short Outcome, int OutcomeDays, int Planned, DateTime CreatedAt)
{
    /// <summary>
    /// The place of a person's variant: SHA-256 of "key:person", its first 8 bytes modulo the sum of the weights. The same for ever, at
    /// every node, and independent of other experiments.
    /// </summary>
    public int VariantOf(long user)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Key}:{user}")), hash);
        var at = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (ulong)Weights.Sum(weight => (long)weight));
        var variant = 0;
        while (at >= Weights[variant])
            at -= Weights[variant++];
        return variant;
    }

    public ExperimentView View(long? user) => new(
        Id, Name, Description, [.. Variants.Select((name, i) => new VariantView(name, Weights[i]))], InteractionTypes.Name(Outcome), OutcomeDays, Planned,
        user is { } one ? Variants[VariantOf(one)] : null, CreatedAt);
}
