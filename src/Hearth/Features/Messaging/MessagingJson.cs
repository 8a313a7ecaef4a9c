using System.Text.Json.Serialization;
using Hearth.Features.Messaging.Activity;
using Hearth.Features.Messaging.Campaigns;
using Hearth.Features.Messaging.Channels;
using Hearth.Features.Messaging.Contacts;
using Hearth.Features.Messaging.Contacts.Import;
using Hearth.Features.Messaging.Conversations;
using Hearth.Features.Messaging.Linking;
using Hearth.Features.Messaging.Live;
using Hearth.Features.Messaging.Segments;
using Hearth.Features.Messaging.Templates;
using Hearth.Platform;

namespace Hearth.Features.Messaging;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(PersonId?))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(Envelope<ContactView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<ContactView>>))]
[JsonSerializable(typeof(Envelope<TagsView>))]
[JsonSerializable(typeof(Envelope<MergeView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<MergeView>>))]
[JsonSerializable(typeof(NewContact))]
[JsonSerializable(typeof(ContactEdit))]
[JsonSerializable(typeof(MergeRequest))]
[JsonSerializable(typeof(List<NewContact>))]
[JsonSerializable(typeof(Envelope<ImportView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<ImportView>>))]
[JsonSerializable(typeof(List<ImportRow>))]
[JsonSerializable(typeof(List<BadRow>))]
[JsonSerializable(typeof(Envelope<ConversationView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<ConversationView>>))]
[JsonSerializable(typeof(NewConversation))]
[JsonSerializable(typeof(ConversationEdit))]
[JsonSerializable(typeof(Envelope<MessageView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<MessageView>>))]
[JsonSerializable(typeof(NewMessage))]
[JsonSerializable(typeof(Envelope<TemplateView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<TemplateView>>))]
[JsonSerializable(typeof(Envelope<KeysetPage<TemplateVersionView>>))]
[JsonSerializable(typeof(NewTemplate))]
[JsonSerializable(typeof(TemplateEdit))]
[JsonSerializable(typeof(Rejection))]
[JsonSerializable(typeof(Envelope<MailingView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<MailingView>>))]
[JsonSerializable(typeof(Envelope<KeysetPage<MailingReceipt>>))]
[JsonSerializable(typeof(Envelope<ResentView>))]
[JsonSerializable(typeof(NewMailing))]
[JsonSerializable(typeof(ResendRequest))]
[JsonSerializable(typeof(Audience))]
[JsonSerializable(typeof(Envelope<IncomingView>))]
[JsonSerializable(typeof(Envelope<ReceiptAnswer>))]
[JsonSerializable(typeof(IncomingMessage))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(Envelope<SettingsView>))]
[JsonSerializable(typeof(SettingsEdit))]
[JsonSerializable(typeof(SegmentRequest))]
[JsonSerializable(typeof(Envelope<SegmentPreview>))]
[JsonSerializable(typeof(Envelope<InvitationView>))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(Envelope<ConsentView>))]
[JsonSerializable(typeof(Envelope<KeysetPage<ConsentView>>))]
[JsonSerializable(typeof(Envelope<KeysetPage<PersonEvent>>))]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(Envelope<RecentActivity>))]
[JsonSerializable(typeof(ReplyMetadata))]
[JsonSerializable(typeof(CompletedMetadata))]
[JsonSerializable(typeof(StartedMetadata))]
[JsonSerializable(typeof(ContactMetadata))]
[JsonSerializable(typeof(ContactsMetadata))]
[JsonSerializable(typeof(TemplateMetadata))]
[JsonSerializable(typeof(Envelope<Performance>))]
[JsonSerializable(typeof(Envelope<MonthsView>))]
[JsonSerializable(typeof(Envelope<ActivityStatistics>))]
internal sealed partial class MessagingJson : JsonSerializerContext;
