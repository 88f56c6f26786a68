using System.Text.Json.Serialization;
using Secrets.Client.Events;
using Secrets.Client.Hosting;
using Secrets.Client.Rooms;
using Secrets.Client.Views;
using Secrets.Protocol.Calls;
using Secrets.Protocol.Chats;
using Secrets.Store;

namespace Secrets.Client.Api;

/// <summary>How everything of the API reads and writes as JSON; made at build time, no reflection.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, // the other mode's code is as large again, and is for values that are only written
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    Converters =
    [
        typeof(ChatIdJson), typeof(MessageIdJson), typeof(SnakeCaseJson<ChatStage>), typeof(SnakeCaseJson<ChatNotice>), typeof(SnakeCaseJson<Verification>), typeof(SnakeCaseJson<MessageKind>),
        typeof(SnakeCaseJson<DeliveryState>), typeof(SnakeCaseJson<ClientEventKind>), typeof(SnakeCaseJson<StorageKind>), typeof(SnakeCaseJson<StoreDamage>), typeof(SnakeCaseJson<RelayTestOutcome>),
        typeof(SnakeCaseJson<RoomStage>), typeof(SnakeCaseJson<RoomEnding>), typeof(SnakeCaseJson<RoomNotice>), typeof(SnakeCaseJson<RoomEventKind>),
        typeof(SnakeCaseJson<CallPhase>), typeof(SnakeCaseJson<CallMedia>), typeof(SnakeCaseJson<CallEndReason>), typeof(SnakeCaseJson<CallEffectKind>),
    ])]
[JsonSerializable(typeof(NoArguments))]
[JsonSerializable(typeof(NameArguments))]
[JsonSerializable(typeof(PasswordArguments))]
[JsonSerializable(typeof(AddressArguments))]
[JsonSerializable(typeof(ChatArguments))]
[JsonSerializable(typeof(ChatCreateArguments))]
[JsonSerializable(typeof(ChatJoinArguments))]
[JsonSerializable(typeof(ChatAddArguments))]
[JsonSerializable(typeof(ChatSecretArguments))]
[JsonSerializable(typeof(ChatVerifyArguments))]
[JsonSerializable(typeof(ChatRenameArguments))]
[JsonSerializable(typeof(ChatMuteArguments))]
[JsonSerializable(typeof(ChatAttendArguments))]
[JsonSerializable(typeof(SendArguments))]
[JsonSerializable(typeof(PageArguments))]
[JsonSerializable(typeof(CallStartArguments))]
[JsonSerializable(typeof(CallAcceptArguments))]
[JsonSerializable(typeof(CallDescribeArguments))]
[JsonSerializable(typeof(CallCandidatesArguments))]
[JsonSerializable(typeof(CallConnectArguments))]
[JsonSerializable(typeof(CallSwitchArguments))]
[JsonSerializable(typeof(HostCreateArguments))]
[JsonSerializable(typeof(HostOpenArguments))]
[JsonSerializable(typeof(HostImportArguments))]
[JsonSerializable(typeof(HostExportArguments))]
[JsonSerializable(typeof(HostIdentityArguments))]
[JsonSerializable(typeof(HostWordsArguments))]
[JsonSerializable(typeof(HostView))]
[JsonSerializable(typeof(OpenIdentity))]
[JsonSerializable(typeof(ExportView))]
[JsonSerializable(typeof(WordsView))]
[JsonSerializable(typeof(IdentityView))]
[JsonSerializable(typeof(ChatView))]
[JsonSerializable(typeof(IReadOnlyList<ChatView>))]
[JsonSerializable(typeof(MessageView))]
[JsonSerializable(typeof(IReadOnlyList<MessageView>))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(RelayView))]
[JsonSerializable(typeof(IReadOnlyList<RelayView>))]
[JsonSerializable(typeof(RelayTestView))]
[JsonSerializable(typeof(SyncView))]
[JsonSerializable(typeof(CallView))]
[JsonSerializable(typeof(IReadOnlyList<CallView>))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(TurnView))]
[JsonSerializable(typeof(IReadOnlyList<TurnView>))]
[JsonSerializable(typeof(ClientEvent))]
[JsonSerializable(typeof(RoomOpenArguments))]
[JsonSerializable(typeof(RoomEnterArguments))]
[JsonSerializable(typeof(RoomCodeArguments))]
[JsonSerializable(typeof(RoomArguments))]
[JsonSerializable(typeof(RoomResumeArguments))]
[JsonSerializable(typeof(RoomSendArguments))]
[JsonSerializable(typeof(RoomReactArguments))]
[JsonSerializable(typeof(RoomFileArguments))]
[JsonSerializable(typeof(RoomUploadArguments))]
[JsonSerializable(typeof(RoomLabelArguments))]
[JsonSerializable(typeof(RoomMessageArguments))]
[JsonSerializable(typeof(RoomTypingArguments))]
[JsonSerializable(typeof(RoomNameArguments))]
[JsonSerializable(typeof(RoomLockArguments))]
[JsonSerializable(typeof(RoomMemberArguments))]
[JsonSerializable(typeof(RoomCallArguments))]
[JsonSerializable(typeof(RoomLegArguments))]
[JsonSerializable(typeof(RoomDescribeArguments))]
[JsonSerializable(typeof(RoomCandidatesArguments))]
[JsonSerializable(typeof(RoomConnectArguments))]
[JsonSerializable(typeof(RoomSwitchArguments))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(IReadOnlyList<RoomView>))]
[JsonSerializable(typeof(RoomMessageView))]
[JsonSerializable(typeof(IReadOnlyList<RoomMessageView>))]
[JsonSerializable(typeof(RoomFileView))]
[JsonSerializable(typeof(RoomCodeView))]
[JsonSerializable(typeof(RoomEvent))]
internal sealed partial class ApiJson : JsonSerializerContext;
