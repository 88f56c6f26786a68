using Secrets.Client;
using Secrets.Client.Views;
using Secrets.Store;

namespace Secrets.Console.Cli;

/// <summary>Everything that is said to people, in one place: what happened, what was kept, what to do.</summary>
internal static class Sentences
{
    public const string NotReached = "Can't reach your relay. What you said is kept and goes out by itself next time.";

    public const string NotReachedYet = "Can't reach your relay right now.";

    public const string NoStore = "There is no identity here yet. Make one with: secrets identity create --name NAME --store DIR";

    public static string Of(ClientError error) => error switch
    {
        ClientError.None => "Done.",
        ClientError.BadName => "A name has 1 to 64 bytes, in one line, without control characters. Choose another.",
        ClientError.BadText => "This text can't be sent: it is empty, longer than 65,536 bytes, or holds control characters.",
        ClientError.UnknownChat => "There is no chat of that name. See them with: secrets chat list",
        ClientError.AmbiguousChat => "More than one chat begins like that. Write more of the name, or use its id (chat list --json).",
        ClientError.SecretMistyped => "This is not a whole secret: a letter is wrong or missing. Copy it again, from the first to the last character.",
        ClientError.SecretOfAnotherKind => "This code is for something else, not for a chat. Ask for a secret for a chat.",
        ClientError.SecretOfAnotherVersion => "This secret was made by another version of the program. Update, or ask for a new secret.",
        ClientError.SecretIsOwn => "This secret is your own. Hand it to the other person; enter theirs here.",
        ClientError.SecretNoLongerGood => "No longer valid. If you have not used it, tell the person who gave it to you that somebody else may have.",
        ClientError.SecretAlreadyEntered => "You entered this secret already.",
        ClientError.ChatIsTaken => "This chat has its participant already. A secret is for one person.",
        ClientError.ChatWasLeft => "You left this chat. What was said stays readable.",
        ClientError.CopyInUse => "Another copy of this identity is in use, so nothing more is written here. Export on the copy that you keep, and import it (secrets identity import).",
        ClientError.NumberDiffers => "The numbers differ. Compare them again; if they still differ, somebody may be between you.",
        ClientError.BadRelayAddress => "This is not a relay's address. It looks like ws://host:7400~shs:KEY (at most 119 characters).",
        ClientError.UnknownRelay => "This relay is not in your list. See it with: secrets relays list",
        ClientError.LastRelay => "This is your last relay, and your chats need one. Add another first.",
        ClientError.RelayNotChosen => "This chat lies at a relay that you have not chosen; it would see your network address. If that is all right, say so with --allow-relay.",
        ClientError.NobodyThere => "Nobody is in this chat yet. Hand over your secret for it (secrets chat secret), or ask for a new one.",
        ClientError.NoSecret => "This chat's secret was used: a secret is for one person. Make a new chat for somebody else.",
        ClientError.NoRelay => "You have no relay. Start one with ./secrets up, or add one: secrets relays add ADDRESS",
        ClientError.NotInCall => "There is no call, or it isn't the time for this.",
        ClientError.CallIsFull => "Six people are in the call: no more can be. Wait until somebody leaves it.",
        ClientError.InAnotherCall => "There is a call already. End it first.",
        ClientError.WrongCertificate => "Somebody stands between the two sides of this call, so it was ended. Nothing was heard or seen. Call again by another way.",
        ClientError.ReadOnly => "A part of this store is damaged; it is open for reading only. Export what is left, or go back to a backup.",
        ClientError.UnknownRoom => "There is no such room here.",
        ClientError.RoomCodeMistyped => "There is a typo in this code. Compare it word by word.",
        ClientError.RoomCodeOfAnotherKind => "This is not the code of a room: that has eight words, or is a link.",
        ClientError.RoomCodeOfAnotherVersion => "This code was made by another version of the program. Update, or ask for a new code.",
        ClientError.NoSuchRoom => "There is no room with this code: it has ended, or it lies at another relay.",
        ClientError.RoomIsLocked => "This room is locked: its owner lets nobody in at this time.",
        ClientError.RoomIsFull => "This room is full.",
        ClientError.RoomRemoved => "The owner of this room removed you.",
        ClientError.RoomBusy => "Too many people try to enter at this time. Wait a minute and try again.",
        ClientError.RoomEnded => "This room has ended.",
        ClientError.NotRoomOwner => "Only the owner of the room can do that.",
        ClientError.UnknownPerson => "That person is not in the room.",
        ClientError.UnknownMessage => "There is no such message in this room.",
        ClientError.BadFile => "This file can't be sent: it is empty, or longer than 16 MiB.",
        ClientError.FileGone => "This file is not there any more.",
        ClientError.RelayNotReached => "The relay can't be reached. Try again.",
        ClientError.BadRoomState => "Your place in this room can't be taken up again. Enter it by its code.",
        ClientError.NoRooms => "This relay has no rooms.",
        ClientError.FileStopped => "The file was stopped on its way.",
    };

    public static string Of(StoreException failure) => failure.Code switch
    {
        StoreError.None => "Done.",
        StoreError.NotFound => NoStore,
        StoreError.AlreadyExists => "There is an identity here already. Choose another folder with --store.",
        StoreError.InUse => "Another program has this identity open. Close it there first.",
        StoreError.WrongPassword => "That is not the password.",
        StoreError.Damaged => $"Something is damaged: {Of(failure.Damage)}. Nothing was overwritten.",
        StoreError.Retired => "This identity was moved to another place; this copy is retired. Use the other one.",
        StoreError.NewerVersion => "This was written by a later version of the program. Update first.",
        StoreError.ReadOnly => Of(ClientError.ReadOnly),
        StoreError.WriteFailed => "The disk refused to write (is it full?). Nothing of this step was kept; nothing else was lost.",
        StoreError.RolledBack => "A part of the store was replaced by an older copy. It is not used, as that would not be safe: import your export file as a new device.",
        StoreError.CostRefused => "The protection of the password in this file is below the least, or above the most, that is accepted.",
        StoreError.NoBackupRoot => "This store has no backup key, so it can't become a new device.",
        StoreError.NotAnExport => "This is not an exported identity (.s2 file).",
        StoreError.NotErased => "It was taken out, but the disk refused to remove the old files. That is done the next time this identity is opened.",
        StoreError.WrongKey => "That key does not open this identity.",
    };

    public static string Of(StoreDamage damage) => damage switch
    {
        StoreDamage.None => "nothing",
        StoreDamage.KeySlots => "the list of keys",
        StoreDamage.Header => "the store's header",
        StoreDamage.HeaderRolledBack => "the header: an older copy was put in its place",
        StoreDamage.Log => "a record in the log",
        StoreDamage.LogEnd => "the end of the log, where acknowledged changes are missing",
        StoreDamage.Pack => "a pack of older records",
        StoreDamage.Commit => "a saved change",
        StoreDamage.Slot => "a slot with keys",
        StoreDamage.Export => "the export file",
    };

    public static string Of(ChatStage stage) => stage switch
    {
        ChatStage.WaitingForGuest => "waiting for the other side",
        ChatStage.Joining => "joining",
        ChatStage.Joined => "joined, not confirmed yet",
        ChatStage.Open => "open",
        ChatStage.SecretFailed => "the secret is no longer valid",
        ChatStage.Returning => "coming back from a copy",
        ChatStage.NeedsNewSecret => "needs a new secret",
        ChatStage.Stopped => "stopped: another copy of this identity is in use",
        ChatStage.Left => "left",
        ChatStage.Retired => "can be read; this identity was moved",
    };

    public static string Of(Verification verification) => verification switch
    {
        Verification.NotVerified => "not verified",
        Verification.BothSecretsExchanged => "both secrets exchanged",
        Verification.Verified => "verified",
    };

    public static string Of(RelayTestOutcome outcome) => outcome switch
    {
        RelayTestOutcome.Reached => "reached",
        RelayTestOutcome.AnotherKey => "somebody answers who does not hold this key; nothing was sent",
        RelayTestOutcome.NotReached => "not reached",
    };

    public static string Of(ChatNotice notice, string who) => notice switch
    {
        ChatNotice.None => "",
        ChatNotice.TheyJoined => $"{who} joined.",
        ChatNotice.TheyReturned => $"{who} came back from a copy, on a new device.",
        ChatNotice.YouReturned => "This device came back from a copy.",
        ChatNotice.SecretInSeveralHands => "This chat's secret is in more than one hand. Only comparing the number can tell who is there.",
        ChatNotice.SecretAnsweredBefore => "Somebody answered with this secret before you (perhaps you, on another device).",
        ChatNotice.BothSecretsExchanged => "Both secrets exchanged.",
        ChatNotice.Verified => "Verified.",
        ChatNotice.TheyLeft => $"{who} left.",
        ChatNotice.CopyInUse => "Another copy of this identity is in use. Nothing more is written here: go on there, or export this copy and import the file.",
        ChatNotice.TheirStateWentBack => $"{who} goes on from an older state: a copy of their identity may be in use. Ask them.",
        ChatNotice.TwoVersions => $"There are two versions of something that {who} wrote. Both are kept as proof.",
        ChatNotice.MessagesMissing => "Some messages are missing and can't be had again.",
        ChatNotice.CallMissed => $"{who} called.",
        ChatNotice.CallNotAnswered => $"{who} did not answer the call.",
        ChatNotice.CallDeclined => "The call was declined.",
        ChatNotice.CallBusy => $"{who} was in another call.",
        ChatNotice.CallFailed => "The call could not be made.",
        ChatNotice.CallEnded => "A call.",
        ChatNotice.CallWrongCertificate => "A call was ended: somebody stood between the two sides.",
    };
}
