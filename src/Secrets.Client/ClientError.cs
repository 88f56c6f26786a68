namespace Secrets.Client;

/// <summary>Why a command was refused. Numbers are permanent; the sentences for people are the host's.</summary>
public enum ClientError
{
    /// <summary>Nothing was refused.</summary>
    None = 0,

    /// <summary>The name is empty, too long or holds characters that names may not have.</summary>
    BadName = 1,

    /// <summary>The text is empty, too long or not valid text.</summary>
    BadText = 2,

    /// <summary>There is no such chat.</summary>
    UnknownChat = 3,

    /// <summary>More than one chat has this name.</summary>
    AmbiguousChat = 4,

    /// <summary>The secret has a typing error.</summary>
    SecretMistyped = 5,

    /// <summary>The text is a code of another kind, not a secret for a chat.</summary>
    SecretOfAnotherKind = 6,

    /// <summary>The secret was made by another version of the program.</summary>
    SecretOfAnotherVersion = 7,

    /// <summary>The secret is one's own.</summary>
    SecretIsOwn = 8,

    /// <summary>The secret is no longer good: used, expired or never there, which look alike.</summary>
    SecretNoLongerGood = 9,

    /// <summary>The secret was already entered here.</summary>
    SecretAlreadyEntered = 10,

    /// <summary>This chat has a participant already; a secret is for one.</summary>
    ChatIsTaken = 11,

    /// <summary>The chat was left.</summary>
    ChatWasLeft = 12,

    /// <summary>This device may no longer write: another copy of this identity is in use.</summary>
    CopyInUse = 13,

    /// <summary>The number does not match.</summary>
    NumberDiffers = 14,

    /// <summary>The relay's address can't be read.</summary>
    BadRelayAddress = 15,

    // 16 was never given: what a relay that is not reached keeps waiting is no refusal

    /// <summary>The relay is not in the list.</summary>
    UnknownRelay = 17,

    /// <summary>The last relay can't be removed while chats need it.</summary>
    LastRelay = 18,

    /// <summary>The chat lies at a relay that this person has not chosen; it would see the person's network address.</summary>
    RelayNotChosen = 19,

    /// <summary>There is nobody in the chat yet.</summary>
    NobodyThere = 20,

    /// <summary>The chat has no secret that could be shown: it was used, it expired, or it stayed on another device.</summary>
    NoSecret = 21,

    /// <summary>No relay is set up.</summary>
    NoRelay = 22,

    /// <summary>The store is open read-only as a part of it is damaged.</summary>
    ReadOnly = 23,

    /// <summary>There is no such room in this program.</summary>
    UnknownRoom = 24,

    /// <summary>The room code has a typing error.</summary>
    RoomCodeMistyped = 25,

    /// <summary>The text is a code of another kind, or no room code.</summary>
    RoomCodeOfAnotherKind = 26,

    /// <summary>The room code was made by another version of the program.</summary>
    RoomCodeOfAnotherVersion = 27,

    /// <summary>There is no room with this code at the relay.</summary>
    NoSuchRoom = 28,

    /// <summary>The room is locked.</summary>
    RoomIsLocked = 29,

    /// <summary>As many participants as may be are in the room.</summary>
    RoomIsFull = 30,

    /// <summary>The owner removed this session.</summary>
    RoomRemoved = 31,

    /// <summary>Too many tried to enter, or the relay has no place for another room.</summary>
    RoomBusy = 32,

    /// <summary>The room has ended.</summary>
    RoomEnded = 33,

    /// <summary>Only the owner may do that.</summary>
    NotRoomOwner = 34,

    /// <summary>There is nobody of that session in the room.</summary>
    UnknownPerson = 35,

    /// <summary>There is no such message in the room.</summary>
    UnknownMessage = 36,

    /// <summary>The file is empty, longer than 16 MiB, or its name can't be one.</summary>
    BadFile = 37,

    /// <summary>The relay has the file no longer, or not whole.</summary>
    FileGone = 38,

    /// <summary>The relay can't be reached.</summary>
    RelayNotReached = 39,

    /// <summary>The state of a room that was handed over can't be read.</summary>
    BadRoomState = 40,

    /// <summary>The relay, or this program, has no rooms.</summary>
    NoRooms = 41,

    /// <summary>The file was stopped on its way.</summary>
    FileStopped = 42,

    /// <summary>There is no call, or it isn't the time for this in it.</summary>
    NotInCall = 60,

    /// <summary>This identity is in a call already.</summary>
    InAnotherCall = 61,

    /// <summary>The certificate is not the one that was agreed upon: somebody stands between, and the call was ended.</summary>
    WrongCertificate = 62,

    /// <summary>As many as a call may have are in it.</summary>
    CallIsFull = 63,
}
