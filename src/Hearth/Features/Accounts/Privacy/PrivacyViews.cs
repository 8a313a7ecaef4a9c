using System.Text.Json.Serialization;

namespace Hearth.Features.Accounts;

/// <summary><c>contents.json</c> of an export.</summary>
/// <param name="Missing">Names of uploaded files that this node does not have.</param>
/// <param name="LeftOut">What is held and not in it, and why.</param>
internal sealed record ExportContents(long UserId, IReadOnlyList<ExportedFile> Files, IReadOnlyList<string> Missing, IReadOnlyList<LeftOut> LeftOut);

internal sealed record ExportedFile(string Name, long Rows);

internal sealed record LeftOut(string Column, string Reason);

/// <summary>That one wants to leave.</summary>
/// <param name="Mode"><c>anonymise</c>: posts and what else others see stay under the name "Deleted user"; <c>remove</c>: they go, too.</param>
internal sealed record ErasureRequest(string Password, string Mode);

/// <summary>What was done to leave nothing that leads to a person.</summary>
/// <param name="FinishedAt">Null while it goes on.</param>
/// <param name="Stores">What was touched.</param>
/// <param name="Kept">Columns that hold the account's number still, and why.</param>
internal sealed record ErasureCertificate(Guid Id, string Mode, DateTime StartedAt, DateTime? FinishedAt, IReadOnlyList<ErasedStore> Stores, IReadOnlyList<KeptColumn> Kept);

/// <param name="Action">What was done there.</param>
/// <param name="At">The last time.</param>
internal sealed record ErasedStore(string Table, string Action, long Rows, DateTime At);

internal sealed record KeptColumn(string Column, string Reason);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportContents))]
[JsonSerializable(typeof(ErasureRequest))]
[JsonSerializable(typeof(ErasureCertificate))]
internal sealed partial class PrivacyJson : JsonSerializerContext;
