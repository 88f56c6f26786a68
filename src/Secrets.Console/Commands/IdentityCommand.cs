using System.CommandLine;
using Secrets.Client;
using Secrets.Console.Cli;
using Secrets.Store;

namespace Secrets.Console.Commands;

/// <summary><c>identity</c>: making, showing, moving, deleting.</summary>
internal static class IdentityCommand
{
    private static readonly Option<string> Name = new("--name") { Description = "What others see you as.", HelpName = "NAME", Required = true };
    private static readonly Argument<string> NewName = Verb.Text("NAME", "The new name; participants of chats that you make from now on see it.");
    private static readonly Argument<string> File = Verb.Text("FILE.s2", "The file.");
    private static readonly Option<bool> Move = Verb.Flag("--move", "Retire this copy first: from then on only the file opens your identity. Without it the file is a backup.");
    private static readonly Option<bool> Yes = Verb.Flag("--yes", "Don't ask.");

    public static Command Create() => Verb.Group(
        "identity",
        "Your identity: a name, keys and chats in one encrypted folder. Nobody else has a copy, and nobody can reset its password.",
        Verb.Create("create", "Make an identity. Asks for a password twice; without a terminal it is the first line of standard input.", CreateAsync, Name),
        Verb.Create("show", "Show the identity.", ShowAsync),
        Verb.Create("rename", "Give the identity another name.", RenameAsync, NewName),
        Verb.Create("password", "Change the password. Asks for the old one and the new one; without a terminal they are the first two lines of standard input.", PasswordAsync),
        Verb.Create("export", "Write the identity into one encrypted file, under the same password. It holds your chats and what was said, and no key that is in use.", ExportAsync, File, Move),
        Verb.Create("import", "Make this place a new device of an exported identity. The chats come back as the others' devices answer.", ImportAsync, File),
        Verb.Create("delete", "Delete the identity from this place, for good.", DeleteAsync, Yes));

    /// <summary>Makes an identity; also what <c>chat join</c> offers.</summary>
    public static async Task<SecretsClient> MakeAsync(Workplace workplace, string name, CancellationToken cancellationToken)
    {
        if (await IdentityStore.ExistsAsync(new FileBackend(workplace.Folder), cancellationToken).ConfigureAwait(false))
            throw new StoreException(StoreError.AlreadyExists);
        var password = workplace.NewPassword();
        var relay = await RelayFinder.FindAsync(cancellationToken).ConfigureAwait(false);
        var client = await workplace.WaitAsync("Making your identity…", SecretsClient.CreateAsync(new FileBackend(workplace.Folder), name, password, workplace.Options, cancellationToken)).ConfigureAwait(false);
        if (relay is not null)
            await client.AddRelayAsync(relay, cancellationToken).ConfigureAwait(false);
        workplace.Output.Object(writer =>
        {
            writer.WriteString("type", "identity");
            writer.WriteString("name", name);
            writer.WriteString("relay", relay);
        });
        workplace.Output.Say($"This is {Output.Name(name)} now, kept in {workplace.Folder}");
        workplace.Output.Say(relay is null
            ? "No relay was found. Start one with ./secrets up, or add one: secrets relays add ADDRESS"
            : $"Relay: {relay}");
        workplace.Output.Say("Nobody can reset your password. Keep it, and a backup: secrets identity export");
        return client;
    }

    private static async Task<int> CreateAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var client = await MakeAsync(workplace, parsed.GetValue(Name)!, cancellationToken).ConfigureAwait(false);
        await client.DisposeAsync().ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task<int> ShowAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var identity = await client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        workplace.Output.Object(writer =>
        {
            writer.WriteString("type", "identity");
            writer.WriteString("name", identity.Name);
            writer.WriteString("created", identity.Created);
            writer.WriteNumber("chats", identity.Chats);
            writer.WriteNumber("waiting", identity.Waiting);
        });
        workplace.Output.Say(workplace.Terminal.Bold(Output.Name(identity.Name)));
        workplace.Output.Say($"  made      {identity.Created.ToLocalTime():yyyy-MM-dd HH:mm}");
        workplace.Output.Say($"  chats     {identity.Chats}");
        workplace.Output.Say($"  waiting   {identity.Waiting} of your messages are not at a relay yet");
        workplace.Output.Say($"  folder    {workplace.Folder}");
        return ExitCode.Done;
    }

    private static async Task<int> RenameAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        await client.RenameIdentityAsync(parsed.GetValue(NewName)!, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say($"Your name is {Output.Name(parsed.GetValue(NewName)!)} now. Chats that exist go on showing the one they began with.");
        return ExitCode.Done;
    }

    private static async Task<int> PasswordAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var old = workplace.Password();
        var changed = workplace.OtherPassword("New password: ");
        if (changed.Length == 0)
            throw new RefusedException("An empty password protects nothing. The old one holds.");
        if (workplace.Terminal.IsInteractive && !workplace.OtherPassword("The same once more: ").Span.SequenceEqual(changed.Span))
            throw new RefusedException("The two differ. The old one holds.");
        await client.ChangePasswordAsync(old, changed, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say("The password is changed. Files that you exported before keep the old one.");
        return ExitCode.Done;
    }

    private static async Task<int> ExportAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetValue(File)!);
        if (System.IO.File.Exists(path))
            throw new RefusedException("There is a file of that name. Nothing was overwritten; choose another name.");
        var move = parsed.GetValue(Move);
        await using var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        // the file is whole, beside its place, before this copy is retired: a full disk can't cost both; and it is in its place only after
        var part = path + ".part";
        await WriteAsync(client, part, workplace, cancellationToken).ConfigureAwait(false);
        if (move)
            await client.RetireAsync(cancellationToken).ConfigureAwait(false);
        System.IO.File.Move(part, path);
        workplace.Output.Object(writer =>
        {
            writer.WriteString("type", "export");
            writer.WriteString("file", path);
            writer.WriteBoolean("moved", move);
        });
        workplace.Output.Say(move
            ? $"Written to {path}. This copy is retired: import the file where you go on (secrets identity import)."
            : $"Backup written to {path}. Importing it makes a new device and ends this one.");
        return ExitCode.Done;
    }

    private static async Task WriteAsync(SecretsClient client, string path, Workplace workplace, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        await using (file.ConfigureAwait(false))
        {
            await client.ExportAsync(file, workplace.Password(), cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
    }

    private static async Task<int> ImportAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(parsed.GetValue(File)!);
        if (!System.IO.File.Exists(path))
            throw new RefusedException("There is no such file.");
        if (await IdentityStore.ExistsAsync(new FileBackend(workplace.Folder), cancellationToken).ConfigureAwait(false))
            throw new StoreException(StoreError.AlreadyExists);
        var password = workplace.Password("Password of the file: ");
        var file = System.IO.File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            await using var client = await workplace.WaitAsync("Opening the file…", SecretsClient.ImportAsync(file, password, new FileBackend(workplace.Folder), password, workplace.Options, cancellationToken)).ConfigureAwait(false);
            var reached = await workplace.SyncAsync(client, cancellationToken).ConfigureAwait(false);
            workplace.Output.Say($"This is a new device of your identity now, kept in {workplace.Folder}. The copy that the file came from can no longer write.");
            foreach (var chat in await client.GetChatsAsync(cancellationToken).ConfigureAwait(false))
                workplace.Output.Chat(chat);
            if (!reached)
                throw new RefusedException(Sentences.NotReachedYet + " The chats come back once it is.", ExitCode.NotReached);
        }
        return ExitCode.Done;
    }

    private static async Task<int> DeleteAsync(Workplace workplace, ParseResult parsed, CancellationToken cancellationToken)
    {
        // who can't open it may not delete it by a slip of the folder's name
        var client = await workplace.OpenAsync(connect: false, cancellationToken).ConfigureAwait(false);
        var identity = await client.GetIdentityAsync(cancellationToken).ConfigureAwait(false);
        await client.DisposeAsync().ConfigureAwait(false);
        if (!parsed.GetValue(Yes) && !workplace.Terminal.Ask($"Delete {Output.Name(identity.Name)} with {identity.Chats} chats from {workplace.Folder}, for good?"))
            throw new RefusedException("Nothing was deleted. (Without a terminal say --yes.)");
        await StoreFolder.DeleteAsync(workplace.Folder, cancellationToken).ConfigureAwait(false);
        workplace.Output.Say("Deleted. A backup file, if you made one, still opens it.");
        return ExitCode.Done;
    }
}
