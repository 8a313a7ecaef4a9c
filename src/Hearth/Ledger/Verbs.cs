namespace Hearth.Ledger;

/// <summary>What happened. A number once given is never given to another verb: it is stored in every row.</summary>
internal enum Verb : short
{
    // The contract's thirteen engagement actions (engagement.md, "Action Types").
    LikePost = 1,
    UnlikePost = 2,
    LikeComment = 3,
    UnlikeComment = 4,
    CommentPost = 5,
    ReplyComment = 6,
    MentionUser = 7,
    JoinGroup = 8,
    LeaveGroup = 9,
    ViewPost = 10,
    SharePost = 11,
    BookmarkPost = 12,
    UnbookmarkPost = 13,

    // What else happens in a community.
    CreatePost = 20,
    EditPost = 21,
    DeletePost = 22,
    EditComment = 23,
    DeleteComment = 24,

    /// <summary>A like changed its kind: live events follow, no engagement.</summary>
    ChangeReaction = 25,
    UnmentionUser = 26,
    FoundGroup = 27,
    EditGroup = 28,
    DeleteGroup = 29,
    FoundCourse = 30,
    EditCourse = 31,
    DeleteCourse = 32,
    Enrol = 33,
    Unenrol = 34,
    HidePost = 35,
    UnhidePost = 36,
    HideComment = 37,
    UnhideComment = 38,

    // Totals and bases that an import brings and that name no actor; value is the number.
    ImportReactions = 40,
    ImportViews = 41,

    // Accounts.
    Register = 50,
    ChangeAccount = 51,
    EndSessions = 52,
    EditProfile = 53,

    /// <summary>A person left for good: whoever keeps something for them lets go of it, and keeps nothing more.</summary>
    EraseAccount = 150,

    /// <summary>Its object is the token's row, of the kind <see cref="ObjectKind.ServiceToken"/>.</summary>
    RevokeServiceToken = 54,

    // People among themselves.
    Follow = 60,
    Unfollow = 61,
    Block = 62,
    Unblock = 63,

    // Campaigns of corporate users.
    FoundPromo = 70,
    ClickLink = 71,
    Convert = 72,

    // Engagement's own.
    PublishRules = 80,
    AwardBadge = 81,
    DefineBadge = 82,

    /// <summary>A notification is new or changed, as its reader's sockets are to hear; <c>Subject</c> is the reader.</summary>
    Notify = 83,
    ReadNotifications = 84,
    DeleteNotification = 85,

    /// <summary>Which types a person is not shown; value is a set of bits.</summary>
    MuteNotifications = 86,

    /// <summary>All nodes forget what they have in caches of the person; of everything, where the object's id is 0.</summary>
    ForgetCached = 140,

    // Moderation. The object is what is reported; value of a decision is its action.
    Report = 130,
    DecideReport = 131,
    AppealDecision = 132,
    ChangeModerationRules = 133,

    /// <summary>Compensates the row named by <c>voids</c>: it counts no more.</summary>
    Void = 100,

    /// <summary>The row named by <c>voids</c> counts again.</summary>
    Unvoid = 101,

    // Skills: what people share to learn from. Value of a rating or vote is what it says; of a download, which one it is.
    ShareSkill = 110,
    EditSkill = 111,
    DeleteSkill = 112,
    LikeSkill = 113,
    UnlikeSkill = 114,
    DownloadSkill = 115,
    RateSkill = 116,
    CommentSkill = 117,
    ReplySkillComment = 118,
    DeleteSkillComment = 119,
    ViewSkill = 120,
    CreateTask = 121,
    VoteTask = 122,
    DeleteTask = 123,

    /// <summary>A skill, a comment on one or a task, as the object's kind says.</summary>
    HideSkill = 124,
    UnhideSkill = 125,

    /// <summary>Other skills trend than before, or in another order; which, is in the detail. The object's id is 0.</summary>
    ChangeTrends = 126,

    /// <summary>A comment on a skill names the subject, or no more.</summary>
    MentionInSkill = 127,
    UnmentionInSkill = 128,

    /// <summary>An application reports what a person did in it. Its object is what it was done to, or the event itself; value is how many seconds it took.</summary>
    Track = 141,
    // Messaging. Every row carries its tenant; value counts contacts, recipients or messages.
    AddContacts = 180,
    EditContact = 181,
    MergeContacts = 182,
    UnmergeContacts = 183,
    LinkContact = 184,
    UnlinkContact = 185,
    OptOut = 186,
    OptIn = 187,
    StartConversation = 188,
    SendMessage = 189,
    ReceiveMessage = 190,
    ChangeConversation = 191,
    WriteTemplate = 192,
    DecideTemplate = 193,
    FoundMailing = 194,

    /// <summary>A campaign starts, pauses, goes on, is cancelled or completed; value is its new status.</summary>
    ChangeMailing = 195,

    /// <summary>Some of a campaign's messages were sent, or receipts came in.</summary>
    ProgressMailing = 196,
    ProgressImport = 197,

    /// <summary>A receipt for a message of a conversation; value is its new status.</summary>
    ReceiptMessage = 198,
    // Interactions with content that lies elsewhere: one verb for each type, in the types' order. Value of a row is interactionValue.
    ViewContent = 160,
    LikeContent = 161,
    DislikeContent = 162,
    SaveContent = 163,
    ShareContent = 164,
    SkipContent = 165,
    PlayContent = 166,
    CompleteContent = 167,
    RateContent = 168,
    AddContent = 170,
    FoundExperiment = 171,

    /// <summary>Somebody met an experiment; value is the place of their variant, the detail what was shown in which order.</summary>
    ExposeExperiment = 172,
}

/// <summary>What it happened to; <c>object_id</c> is an id of that kind.</summary>
internal enum ObjectKind : short
{
    User = 1,
    Post = 2,
    Comment = 3,
    Group = 4,
    Course = 5,
    Promo = 6,
    Rules = 7,
    Badge = 8,
    Notification = 9,
    Tenant = 10,
    Ledger = 11,
    ServiceToken = 12,
    Skill = 13,
    SkillComment = 14,
    Task = 15,

    /// <summary>All rules of moderation together; the id is 0.</summary>
    ModerationRules = 17,

    /// <summary>People who react to each other more than anybody else explains.</summary>
    Ring = 21,

    /// <summary>What an application reported that is about nothing else known here.</summary>
    TrackedEvent = 20,

    /// <summary>A row of the catalogue that people interact with.</summary>
    Content = 23,
    Experiment = 24,

    Contact = 27,
    Conversation = 28,
    Message = 29,
    Template = 30,

    /// <summary>A tenant's campaign to its contacts.</summary>
    Mailing = 31,
    ContactImport = 32,
}
