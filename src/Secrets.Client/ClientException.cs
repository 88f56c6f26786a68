namespace Secrets.Client;

/// <summary>A command was refused; nothing was changed.</summary>
public sealed class ClientException : Exception
{
    /// <summary>A refusal with its reason.</summary>
    public ClientException(ClientError code) : base(Describe(code)) => Code = code;

    /// <summary>The reason.</summary>
    public ClientError Code { get; }

    private static string Describe(ClientError code) => code switch
    {
        ClientError.None => "No error.",
        ClientError.BadName => "The name is empty, longer than 64 bytes, or has characters that names may not have.",
        ClientError.BadText => "The text is empty, longer than 65,536 bytes, or has control characters.",
        ClientError.UnknownChat => "There is no such chat.",
        ClientError.AmbiguousChat => "More than one chat has this name.",
        ClientError.SecretMistyped => "This is not a whole secret: a letter is wrong or missing.",
        ClientError.SecretOfAnotherKind => "This code is for something else, not for a chat.",
        ClientError.SecretOfAnotherVersion => "This secret was made by another version of the program.",
        ClientError.SecretIsOwn => "This secret is this identity's own.",
        ClientError.SecretNoLongerGood => "This secret is no longer good: it was used, it expired, or it was never there.",
        ClientError.SecretAlreadyEntered => "This secret was entered here already.",
        ClientError.ChatIsTaken => "This chat has its participant already; a secret is for one.",
        ClientError.ChatWasLeft => "This chat was left.",
        ClientError.CopyInUse => "Another copy of this identity is in use, so this one writes nothing more.",
        ClientError.NumberDiffers => "The numbers differ.",
        ClientError.BadRelayAddress => "This is no address of a relay.",
        ClientError.UnknownRelay => "This relay is not in the list.",
        ClientError.LastRelay => "This is the last relay, and chats need one.",
        ClientError.RelayNotChosen => "This chat lies at a relay that was not chosen; it would see this machine's network address.",
        ClientError.NobodyThere => "Nobody is in this chat yet.",
        ClientError.NoSecret => "This chat has no secret that could be shown.",
        ClientError.NoRelay => "There is no relay.",
        ClientError.ReadOnly => "The store is open for reading only.",
        ClientError.UnknownRoom => "There is no such room here.",
        ClientError.RoomCodeMistyped => "There is a typo in this code.",
        ClientError.RoomCodeOfAnotherKind => "This is no code of a room.",
        ClientError.RoomCodeOfAnotherVersion => "This code was made by another version of the program.",
        ClientError.NoSuchRoom => "There is no room with this code.",
        ClientError.RoomIsLocked => "This room is locked.",
        ClientError.RoomIsFull => "This room is full.",
        ClientError.RoomRemoved => "The owner of this room removed this session.",
        ClientError.RoomBusy => "Too many try to enter at this time.",
        ClientError.RoomEnded => "This room has ended.",
        ClientError.NotRoomOwner => "Only the owner of the room may do that.",
        ClientError.UnknownPerson => "That person is not in the room.",
        ClientError.UnknownMessage => "There is no such message in this room.",
        ClientError.BadFile => "The file is empty, longer than 16 MiB, or its name can't be one.",
        ClientError.FileGone => "The file is not there any more.",
        ClientError.RelayNotReached => "The relay can't be reached.",
        ClientError.BadRoomState => "This is no state of a room.",
        ClientError.NoRooms => "There are no rooms here.",
        ClientError.FileStopped => "The file was stopped on its way.",
        ClientError.NotInCall => "There is no call, or it isn't the time for this.",
        ClientError.InAnotherCall => "There is a call already.",
        ClientError.CallIsFull => "As many as a call may have are in it.",
        ClientError.WrongCertificate => "Somebody stands between the two sides of this call; it was ended.",
    };
}
