using System.Text.Json.Serialization;
using Hearth.Platform;

namespace Hearth.Features.Moderation;

/// <summary>What is reported, and why.</summary>
/// <param name="ContentType"><c>post</c>, <c>comment</c>, <c>skill</c>, <c>task</c> or <c>user</c>.</param>
/// <param name="ContentId">Its id: a number for posts and their comments, else a UUID.</param>
/// <param name="Reason"><c>spam</c>, <c>harassment</c>, <c>hate</c>, <c>self_harm</c>, <c>sexual</c>, <c>violence</c>, <c>misinformation</c> or <c>other</c>.</param>
/// <param name="Details">In the reporter's words, at most 2,000 characters.</param>
internal sealed record NewReport(string ContentType, ContentId ContentId, string Reason, string? Details = null);

/// <param name="Priority">1 to 100; the queue shows the greatest first.</param>
internal sealed record ReportView(Guid Id, string Status, int Priority);

/// <summary>A report of one's own, and what became of it.</summary>
internal sealed record MyReportView(
    Guid Id, string ContentType, string ContentId, string Reason, string? Details, string Status, string? Action, DateTime CreatedAt, DateTime? DecidedAt);

internal sealed record PersonView(Guid Id, string Username);

/// <summary>What a report is about, as it is now; null values where it is gone.</summary>
/// <param name="Scores">What the text scorer makes of it.</param>
internal sealed record ReportedContent(PersonView? Author, string? Text, bool IsHidden, ScoreView? Scores);

/// <summary>Chances from 0 to 1, for a stream in which every second text is bad.</summary>
/// <param name="IsSure">False where the scorer abstains: another language, too short a text, or a close call.</param>
internal sealed record ScoreView(double Spam, double Offensive, bool IsSure);

/// <summary>How the scorer did on what moderators decided.</summary>
/// <param name="Harm"><c>spam</c> or <c>offensive</c>.</param>
/// <param name="Precision">Which share of what it flagged was upheld; null while it flagged nothing.</param>
/// <param name="Recall">Which share of what was upheld it had flagged; null while nothing was.</param>
/// <param name="Abstained">Which share of the decisions was about texts that it was not sure of.</param>
internal sealed record ScorerStats(string Harm, long Decisions, double? Precision, double? Recall, double? Abstained);

/// <summary>People who give each other an implausible share of their reactions, and the figures that say so.</summary>
/// <param name="Since">The figures are of the time from here to <paramref name="Until"/>.</param>
/// <param name="Until">When it was looked at last.</param>
/// <param name="Inside">Reactions of members to each other.</param>
/// <param name="Given">All reactions of members.</param>
/// <param name="Share"><c>inside</c> / <c>given</c>.</param>
/// <param name="Expected">What the share would be if members liked what everybody else likes.</param>
/// <param name="Lift"><c>share</c> / <c>expected</c>.</param>
/// <param name="Density">Share of the pairs of members that reacted three times and more to each other.</param>
/// <param name="Reciprocity">Share of the inside reactions that were answered.</param>
/// <param name="VoidId">The void that holds their reactions to each other, once that is decided.</param>
internal sealed record RingView(
    IReadOnlyList<RingMemberView> Members,
    DateTime Since,
    DateTime Until,
    int Inside,
    int Given,
    double Share,
    double Expected,
    double Lift,
    double Density,
    double Reciprocity,
    long? VoidId);

/// <summary>A member's reactions: to and from the others of the ring, and all.</summary>
internal sealed record RingMemberView(PersonView Person, int InsideGiven, int InsideReceived, int Given, int Received);

/// <summary>Something that waits for a decision: all open reports of one object together.</summary>
/// <param name="Id">The first of its reports; deciding it decides all.</param>
/// <param name="Reports">How many there are.</param>
/// <param name="Reasons">How many name each reason.</param>
/// <param name="ContentType"><c>post</c>, <c>comment</c>, <c>skill</c>, <c>task</c>, <c>user</c>, or <c>ring</c>: what Hearth itself found.</param>
/// <param name="Source"><c>people</c>, the rule that reported it, or <c>automatic</c>.</param>
/// <param name="Ring">Of a ring: who and how much; else null.</param>
/// <param name="ClaimedBy">Who looks at it now; a claim lasts half an hour.</param>
/// <param name="Appeal">What its owner says against an earlier decision.</param>
internal sealed record QueueItem(
    Guid Id,
    string ContentType,
    string ContentId,
    ReportedContent Content,
    string Reason,
    IReadOnlyDictionary<string, int> Reasons,
    string? Details,
    int Reports,
    string Source,
    string Status,
    int Priority,
    PersonView? ClaimedBy,
    string? Action,
    string? Note,
    string? Appeal,
    DateTime CreatedAt,
    RingView? Ring = null);

/// <summary>Everything that was done about a report.</summary>
internal sealed record ReportHistory(QueueItem Report, IReadOnlyList<ActionView> Actions);

internal sealed record ActionView(PersonView? By, string Action, string? Note, DateTime At);

/// <param name="Action"><c>dismiss</c>, <c>warn</c>, <c>hide</c>, <c>remove</c> or <c>suspend</c>; of a ring <c>dismiss</c>, <c>warn</c>, <c>void</c> or <c>suspend</c>.</param>
internal sealed record NewDecision(string Action, string? Note = null);

internal sealed record DecisionView(Guid Id, string Status, string Action, string? Note, int Reports);

/// <summary>A decision about something of the caller's.</summary>
internal sealed record MyDecisionView(Guid Id, string ContentType, string ContentId, string Reason, string Action, string? Note, bool CanAppeal, DateTime DecidedAt);

/// <param name="Text">What speaks against the decision.</param>
internal sealed record NewAppeal(string Text);

/// <param name="Token">The <c>appeal_token</c> of a refused sign-in.</param>
internal sealed record AppealToken(string Token);

/// <param name="Token">The <c>appeal_token</c> of a refused sign-in.</param>
/// <param name="Text">What speaks against the decision.</param>
internal sealed record SuspensionAppeal(string Token, string Text);

/// <param name="Keywords">Whole words or phrases, whatever their case.</param>
/// <param name="Pattern">A regular expression without look-around and back-references; it is run with a time limit.</param>
/// <param name="ContentTypes">What it looks at; <c>comment</c> is one on a post or a skill, or a review of a skill (refused where others are hidden), <c>user</c> a name and a biography.</param>
/// <param name="Action"><c>flag</c> reports, <c>hide</c> reports and hides (a profile is reported only), <c>reject</c> refuses the text.</param>
/// <param name="Severity">1 to 5.</param>
/// <param name="Scorer">Asks the text scorer, too: <c>spam</c> or <c>offensive</c>. A text that it cannot read well is not found by it.</param>
/// <param name="Threshold">From which chance on, 0.5 to 1; by default 0.99 for <c>spam</c> and 0.9 for <c>offensive</c>.</param>
internal sealed record NewRule(
    string Name, IReadOnlyList<string> ContentTypes, string Action, int Severity, IReadOnlyList<string>? Keywords = null, string? Pattern = null,
    string? Scorer = null, double? Threshold = null);

internal sealed record RuleChange(
    Field<string> Name = default,
    Field<List<string>> ContentTypes = default,
    Field<string> Action = default,
    Field<int> Severity = default,
    Field<List<string>> Keywords = default,
    Field<string?> Pattern = default,
    Field<bool> IsActive = default,
    Field<string?> Scorer = default,
    Field<double?> Threshold = default);

/// <param name="Matches">How many texts it found.</param>
/// <param name="Scorer">What the text scorer is asked about: <c>spam</c> or <c>offensive</c>; null where it is not.</param>
/// <param name="Threshold">From which chance on the scorer's word counts.</param>
internal sealed record AutoRuleView(
    Guid Id,
    string Name,
    IReadOnlyList<string> Keywords,
    string? Pattern,
    IReadOnlyList<string> ContentTypes,
    string Action,
    int Severity,
    bool IsActive,
    long Matches,
    DateTime CreatedAt,
    string? Scorer,
    double? Threshold);

internal sealed record AutoRuleList(IReadOnlyList<AutoRuleView> Results, string? Next = null, string? Previous = null);

/// <param name="Open">Objects that wait.</param>
/// <param name="Appealed">Decisions that their owners question.</param>
/// <param name="ByReason">Reports of the last 30 days.</param>
/// <param name="ByAction">Decisions of the last 30 days.</param>
/// <param name="MedianHours">Between report and decision, over the last 30 days; null without any.</param>
/// <param name="Upheld">Share of decided reports of the last 30 days that were not dismissed, 0 to 1; null without any.</param>
/// <param name="Rules">Rules that are active.</param>
/// <param name="Scorer">How the text scorer does, by harm.</param>
internal sealed record ModerationStats(
    int Open,
    int Claimed,
    int Appealed,
    int Decided,
    IReadOnlyDictionary<string, int> ByReason,
    IReadOnlyDictionary<string, int> ByAction,
    double? MedianHours,
    double? Upheld,
    int Rules,
    IReadOnlyList<ScorerStats> Scorer);

/// <summary>Which rows of the ledger shall count no more: those of a person, or those named; of these, those between two times.</summary>
/// <param name="Confirm">Needed for more than 10,000 rows.</param>
internal sealed record NewVoid(
    string Reason, PersonId? User = null, IReadOnlyList<long>? LedgerIds = null, DateTimeOffset? From = null, DateTimeOffset? To = null, bool Confirm = false);

internal sealed record VoidView(long Id, long Rows);

/// <param name="Status"><c>healthy</c>, or <c>unhealthy</c> where the database does not answer.</param>
/// <param name="Open">Objects that wait for a decision.</param>
/// <param name="Rules">Rules that are active on this node.</param>
internal sealed record ModerationHealth(string Status, int? Open, int Rules);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(NewReport))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(KeysetPage<MyReportView>))]
[JsonSerializable(typeof(KeysetPage<QueueItem>))]
[JsonSerializable(typeof(QueueItem))]
[JsonSerializable(typeof(ReportHistory))]
[JsonSerializable(typeof(NewDecision))]
[JsonSerializable(typeof(DecisionView))]
[JsonSerializable(typeof(KeysetPage<MyDecisionView>))]
[JsonSerializable(typeof(NewAppeal))]
[JsonSerializable(typeof(AppealToken))]
[JsonSerializable(typeof(SuspensionAppeal))]
[JsonSerializable(typeof(MyDecisionView))]
[JsonSerializable(typeof(NewRule))]
[JsonSerializable(typeof(RuleChange))]
[JsonSerializable(typeof(AutoRuleView))]
[JsonSerializable(typeof(AutoRuleList))]
[JsonSerializable(typeof(ModerationStats))]
[JsonSerializable(typeof(NewVoid))]
[JsonSerializable(typeof(VoidView))]
[JsonSerializable(typeof(ModerationHealth))]
[JsonSerializable(typeof(ModerationAlert))]
internal sealed partial class ModerationJson : JsonSerializerContext;
